package dev.wayside.access;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The token that every change needs, against forged requests (CSRF). The page reads it from the cookie {@code XSRF-TOKEN}
 * and sends it in the header {@code X-XSRF-TOKEN} or, without JavaScript, in a form field of that name. Another site can
 * do neither.
 *
 * <p>The token is an HMAC of the session's id. It therefore ends with its session, no other session accepts it, and
 * parallel changes of one session do not invalidate each other's, unlike those of Vert.x' {@code CSRFHandler}.
 */
final class ChangeToken {
    static final String COOKIE = "XSRF-TOKEN";
    static final String HEADER = "X-XSRF-TOKEN";

    private static final String ALGORITHM = "HmacSHA256";

    private static final int BYTES = 32;

    private final SecretKeySpec key;
    private final String withoutSession;
    private final boolean secure;
    private final String ownCookie;

    /**
     * @param port of the server: browsers send the cookies of one host to all its ports
     * @param random makes the key, which no other process knows
     * @param secure whether the browser may send the cookie over TLS only
     */
    ChangeToken(int port, SecureRandom random, boolean secure) {
        this.ownCookie = COOKIE + "-" + port;
        this.key = new SecretKeySpec(bytes(random), ALGORITHM);
        // A page without a password does not need to load Java's cryptography.
        this.withoutSession = text(bytes(random));
        this.secure = secure;
    }

    private static byte[] bytes(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The token of a session.
     *
     * @param session its id; empty for clients without one
     */
    String of(String session) {
        if (session.isEmpty()) {
            return withoutSession;
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return text(mac.doFinal(session.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** Whether the request has the token of this session, in the header or in its form. */
    boolean isIn(RoutingContext request, String session) {
        String header = request.request().getHeader(HEADER);
        String sent = header != null ? header : request.request().getFormAttribute(HEADER);
        return sent != null
                && MessageDigest.isEqual(
                        sent.getBytes(StandardCharsets.UTF_8), of(session).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends the cookie, unless the client has it already: under the name that Hawtio and other programs know, and under one
     * with the port, for the page. Two servers on one host replace each other's cookie of the first name.
     */
    void give(RoutingContext request, String session) {
        give(request, COOKIE, of(session));
        give(request, ownCookie, of(session));
    }

    private void give(RoutingContext request, String name, String token) {
        Cookie known = request.request().getCookie(name);
        if (known == null || !known.getValue().equals(token)) {
            request.response()
                    .addCookie(Cookie.cookie(name, token)
                            .setPath("/")
                            .setSameSite(CookieSameSite.STRICT)
                            .setSecure(secure));
        }
    }
}
