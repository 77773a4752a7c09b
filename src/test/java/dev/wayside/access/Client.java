package dev.wayside.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without JavaScript: keeps cookies, follows no redirect by itself. */
final class Client {
    private static final Pattern TOKEN = Pattern.compile("name=\"X-XSRF-TOKEN\" value=\"([^\"]+)\"");

    final CookieManager cookies = new CookieManager();
    private final HttpClient http;
    private final String url;

    Client(String url) {
        this(url, HttpClient.newBuilder());
    }

    Client(String url, HttpClient.Builder builder) {
        this.url = url;
        this.http = builder.cookieHandler(cookies)
                .connectTimeout(Duration.ofSeconds(20))
                .build();
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofString());
    }

    <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(request.build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    int status(String path) {
        return get(path).statusCode();
    }

    /** Fills in the form of the page at this path. */
    HttpResponse<String> submit(String path, String fields) {
        Matcher token =
                TOKEN.matcher(send(request(path).header("Accept", "text/html")).body());
        String form = token.find() ? "X-XSRF-TOKEN=" + encode(token.group(1)) + "&" + fields : fields;
        return send(request(path)
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    HttpResponse<String> logIn(String password) {
        return submit("/login", "username=wayside&password=" + encode(password));
    }

    /** A change, with the token that the page's scripts read from the cookie. */
    HttpRequest.Builder change(String path) {
        return request(path).header("X-XSRF-TOKEN", cookie("XSRF-TOKEN")).POST(BodyPublishers.noBody());
    }

    /** The value of a cookie whose name begins so; empty if there is none. */
    String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().startsWith(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
