package dev.wayside.config;

/** The live page. */
public final class PageKeys {
    static final KeyGroup GROUP = new KeyGroup("Page");

    public static final Key<String> HOST = GROUP.key(
            "http.host",
            Type.address(),
            "127.0.0.1",
            "where the page listens; `0.0.0.0`, or `::` with IPv6, shows the pictures to the whole network: there is no password");

    public static final Key<Integer> PORT =
            GROUP.key("http.port", Type.whole(1, 65535), "8080", "its port; one that is taken stops the start");

    public static final Key<Integer> JPEG_QUALITY =
            GROUP.key("live.jpeg-quality", Type.whole(1, 100), "80", "quality of the live picture as a JPEG");

    private PageKeys() {}
}
