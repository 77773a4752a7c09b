package dev.wayside.access;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;

/**
 * Whether a request comes from a page of this server. Browsers say so in {@code Origin} and {@code Sec-Fetch-Site}; other
 * clients send neither header.
 */
final class RequestOrigin {
    private RequestOrigin() {}

    /** Whether another site made the browser send this request. A link from elsewhere to a page is allowed. */
    static boolean isForeign(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        boolean foreignSite = "cross-site".equals(site) || "same-site".equals(site);
        return foreignSite && !isNavigation(request) || isForeignOrigin(request);
    }

    private static boolean isNavigation(HttpServerRequest request) {
        boolean reads = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
        return reads
                && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && "document".equals(request.getHeader("Sec-Fetch-Dest"));
    }

    /** The scheme may differ, because a proxy can add TLS. A browser leaves out the same default port in both headers. */
    private static boolean isForeignOrigin(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return false;
        }
        HostAndPort called = request.authority();
        HostAndPort from = HostAndPort.parseAuthority(origin.replaceFirst("^https?://", ""), -1);
        return from == null
                || called == null
                || !from.host().equalsIgnoreCase(called.host())
                || from.port() != called.port();
    }
}
