package dev.wayside.config;

/** The live page. */
public final class PageKeys {
    static final KeyGroup GROUP = new KeyGroup("Page");

    public static final Key<String> HOST = GROUP.key(
            "http.host",
            Type.address(),
            "127.0.0.1",
            "the address on which the page listens. There is no password: `0.0.0.0`, or `::` with IPv6, shows the pictures to the whole network");

    public static final Key<Integer> PORT = GROUP.key(
            "http.port", Type.whole(1, 65535), "8080", "the page's port; Wayside does not start if it is in use");

    public static final Key<Boolean> HAWTIO = GROUP.key(
            "http.hawtio",
            Type.bool(),
            "true",
            "whether the page's port also serves the Hawtio console at `/hawtio/`, and Jolokia below it");

    public static final Key<Integer> JPEG_QUALITY =
            GROUP.key("live.jpeg-quality", Type.whole(1, 100), "80", "the JPEG quality of the live picture");

    private PageKeys() {}
}
