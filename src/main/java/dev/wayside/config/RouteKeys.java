package dev.wayside.config;

/** The folders of the routes and kamelets. */
public final class RouteKeys {
    static final KeyGroup GROUP = new KeyGroup("Routes");

    public static final Key<Boolean> RELOAD = GROUP.key(
            "routes.reload",
            Type.bool(),
            "true",
            "whether added, changed and removed route files take effect while Wayside runs");

    public static final Key<String> PATH = GROUP.key(
            "routes.path",
            Type.file("a folder"),
            "routes",
            "the folder of the routes, which you can edit: every `*.yaml` and `*.yml` file in it except hidden ones");

    public static final Key<String> KAMELETS_PATH =
            GROUP.key("kamelets.path", Type.file("a folder"), "kamelets", "the folder of the kamelets that routes use");

    private RouteKeys() {}
}
