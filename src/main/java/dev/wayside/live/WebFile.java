package dev.wayside.live;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One file of the page, read once from the class path. A browser caches it, but revalidates it each time.
 *
 * @param type the content type
 * @param content the bytes
 * @param tag the entity tag (ETag), computed from the bytes
 */
record WebFile(String type, Buffer content, String tag) {
    /**
     * Reads a file of the page.
     *
     * @param name below {@code web/}
     * @throws IllegalStateException if this build does not contain it
     */
    static WebFile read(String name) {
        try (InputStream in = WebFile.class.getResourceAsStream("/web/" + name)) {
            if (in == null) {
                throw new IllegalStateException("this build of Wayside lacks web/" + name + ": build it again");
            }
            byte[] bytes = in.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            String tag = '"' + HexFormat.of().formatHex(digest, 0, 8) + '"';
            return new WebFile(type(name), Buffer.buffer(bytes), tag);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read web/" + name, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    void send(RoutingContext request) {
        Security.headers(request.response())
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
