package dev.wayside.config;

import java.time.Duration;
import java.util.List;

/** The live page. */
public final class PageKeys {
    static final KeyGroup GROUP = new KeyGroup("Page");

    public static final Key<String> HOST = GROUP.key(
            "http.host",
            Type.address(),
            "127.0.0.1",
            "the address on which the page listens; `0.0.0.0`, or `::` with IPv6, for every network. On any address except those of this machine alone, the page asks for [a password](opening-the-page.md)");

    public static final Key<Integer> PORT = GROUP.key(
            "http.port", Type.whole(1, 65535), "8080", "the page's port; Wayside does not start if it is in use");

    public static final Key<List<String>> NAMES = GROUP.key(
            "http.names",
            Type.hostNames(),
            "",
            "further names by which browsers may call this machine, such as that of a reverse proxy or `pi-01.fritz.box`; `localhost`, `<host name>` and `<host name>.local` are allowed anyway. Requests for any other name are refused");

    public static final Key<String> PASSWORD_FILE = GROUP.secretFile(
            "http.password-file",
            "a file that contains the page's password, such as a Kubernetes secret, instead of the hash that `./wayside password` keeps in `wayside.password`; read again when it changes");

    public static final Key<String> CERTIFICATE_FILE = GROUP.pemFile(
            "http.certificate-file",
            "the page's certificate with its chain, for TLS; requires `http.key-file`. Read again when it changes");

    public static final Key<String> KEY_FILE = GROUP.pemFile(
            "http.key-file",
            "the private key of that certificate: PKCS#8 or PKCS#1, RSA or EC, unencrypted, not readable by everyone");

    public static final Key<Duration> SESSION_TIMEOUT = GROUP.key(
            "http.session-timeout",
            Type.duration(Duration.ofMinutes(1), Duration.ofDays(30)),
            "12h",
            "after how long without a request a browser must log in again; an open page makes requests all the time");

    public static final Key<Boolean> HAWTIO = GROUP.key(
            "http.hawtio",
            Type.bool(),
            "true",
            "whether the page's port also serves the Hawtio console at `/hawtio/`, and Jolokia below it");

    public static final Key<Integer> JPEG_QUALITY =
            GROUP.key("live.jpeg-quality", Type.whole(1, 100), "80", "the JPEG quality of the live picture");

    private PageKeys() {}
}
