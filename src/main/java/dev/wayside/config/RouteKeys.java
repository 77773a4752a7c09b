package dev.wayside.config;

/** The flow and its steps. */
public final class RouteKeys {
    static final KeyGroup GROUP = new KeyGroup("Routes");

    public static final Key<Boolean> RELOAD = GROUP.key(
            "routes.reload",
            Type.bool(),
            "true",
            "whether a route that is added, changed or taken away while Wayside runs takes effect at once");

    public static final Key<String> PATH = GROUP.key(
            "routes.path",
            Type.file("a folder"),
            "routes",
            "the flow: every `*.yaml` and `*.yml` in it, but for hidden files; yours to edit");

    public static final Key<String> KAMELETS_PATH =
            GROUP.key("kamelets.path", Type.file("a folder"), "kamelets", "the steps that routes name");

    private RouteKeys() {}
}
