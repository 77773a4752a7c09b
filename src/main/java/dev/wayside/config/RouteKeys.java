package dev.wayside.config;

import java.util.List;

/** The folders of the routes and kamelets. */
public final class RouteKeys {
    static final KeyGroup GROUP = new KeyGroup("Routes");

    public static final Key<Boolean> RELOAD = GROUP.key(
            "routes.reload",
            Type.bool(),
            "true",
            "whether added, changed and removed files of routes, kamelets and settings take effect while Wayside runs");

    public static final Key<List<String>> COMPONENTS = GROUP.key(
            "routes.components",
            Type.componentNames(),
            "",
            "components and languages that [can run programs or scripts](adding-a-sink.md#components-that-run-programs) and that routes may use nevertheless, such as `exec` or `groovy`");

    public static final Key<String> PATH = GROUP.key(
            "routes.path",
            Type.file("a folder"),
            "routes",
            "the folder of the routes, which you can edit: every `*.yaml` and `*.yml` file in it except hidden ones");

    public static final Key<String> KAMELETS_PATH =
            GROUP.key("kamelets.path", Type.file("a folder"), "kamelets", "the folder of the kamelets that routes use");

    private RouteKeys() {}
}
