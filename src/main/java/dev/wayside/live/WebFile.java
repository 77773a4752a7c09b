package dev.wayside.live;

import dev.wayside.web.SecurityHeaders;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Properties;

/**
 * One file of the page, read once from the class path. A browser caches it, but revalidates it each time.
 *
 * @param type the content type
 * @param content the bytes
 * @param tag the entity tag (ETag), computed from the bytes
 */
record WebFile(String type, Buffer content, String tag) {
    private static final String CHARTS = "/META-INF/maven/org.webjars.npm/uplot/";

    /**
     * Reads a file of the page.
     *
     * @param name below {@code web/}, or {@code uplot.js} or {@code uplot.css}
     * @throws IllegalStateException if this build does not contain it
     */
    static WebFile read(String name) {
        try {
            return of(name, resource(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    private static WebFile of(String name, String resource) throws IOException {
        try (InputStream in = WebFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("this build of Wayside lacks " + resource + ": build it again");
            }
            byte[] bytes = in.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            String tag = '"' + HexFormat.of().formatHex(digest, 0, 8) + '"';
            return new WebFile(type(name), Buffer.buffer(bytes), tag);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The charts' library is in a jar of its own, in a folder with its version. */
    private static String resource(String name) throws IOException {
        if (!name.startsWith("uplot.")) {
            return "/web/" + name;
        }
        Properties library = new Properties();
        try (InputStream in = WebFile.class.getResourceAsStream(CHARTS + "pom.properties")) {
            if (in == null) {
                throw new IllegalStateException("this installation of Wayside lacks the library uplot: build it again");
            }
            library.load(in);
        }
        return "/META-INF/resources/webjars/uplot/" + library.getProperty("version") + "/dist/"
                + (name.endsWith(".js") ? "uPlot.esm.js" : "uPlot.min.css");
    }

    void send(RoutingContext request) {
        SecurityHeaders.set(request.response(), LivePage.POLICY)
                .putHeader("Cache-Control", "no-cache")
                .putHeader("ETag", tag);
        String known = request.request().getHeader("If-None-Match");
        if (known != null && known.contains(tag)) {
            request.response().setStatusCode(304).end();
        } else {
            request.response().putHeader("Content-Type", type).end(content);
        }
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            default -> throw new IllegalArgumentException("no content type is known for web/" + name);
        };
    }
}
