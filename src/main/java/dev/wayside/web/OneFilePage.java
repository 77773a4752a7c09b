package dev.wayside.web;

import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * A page of one file, with its style inside and without scripts, so that it needs nothing else from behind the guard. It
 * contains placeholders such as <code>{{message}}</code>.
 */
public final class OneFilePage {
    private static final String STYLE = "{{style}}";

    private final String html;
    private final String policy;

    /**
     * Reads the page.
     *
     * @param name the file's name below {@code web/}
     * @throws IllegalStateException if this build does not contain it
     */
    public OneFilePage(String name) {
        String style = resource("one-file-page.css");
        this.html = resource(name).replace(STYLE, style);
        this.policy = "default-src 'none'; style-src '" + hash(style)
                + "'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    /**
     * Sends the page and ends the request.
     *
     * @param status the HTTP status
     * @param values the text of each placeholder
     */
    public void send(RoutingContext request, int status, Map<String, String> values) {
        String filled = html;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("{{" + value.getKey() + "}}", escape(value.getValue()));
        }
        SecurityHeaders.set(request.response(), policy)
                .setStatusCode(status)
                .putHeader("Cache-Control", "no-store")
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .end(filled);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                // Otherwise a value could contain the placeholder of the next one.
                .replace("{", "&#123;");
    }

    private static String resource(String name) {
        try (InputStream in = OneFilePage.class.getResourceAsStream("/web/" + name)) {
            if (in == null) {
                throw new IllegalStateException("this build of Wayside lacks web/" + name + ": build it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read web/" + name, e);
        }
    }

    private static String hash(String style) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
