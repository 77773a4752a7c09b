package dev.wayside.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A camera that gives its pictures only to a known user. */
class CameraSnapshotAuthenticationIT {
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"?([^\",]*)\"?");

    @Test
    void authenticatesWithBasic() {
        String wanted = "Authorization: Basic "
                + Base64.getEncoder().encodeToString("ad/min:hun@ter 2é%+".getBytes(StandardCharsets.UTF_8));
        RawHttpServer.Answer locked = (request, out) -> {
            if (request.contains(wanted)) {
                RawHttpServer.picture(out);
            } else {
                RawHttpServer.whole(
                        out, "401 Unauthorized", "WWW-Authenticate: Basic realm=\"camera\"\r\n", new byte[0]);
            }
        };
        try (LogCapture log = new LogCapture();
                RawHttpServer server = new RawHttpServer(locked);
                TestCamera right = TestCamera.snapshot(server, "ad%2Fmin:hun%40ter%202%C3%A9%25+@", "/pic.jpg");
                TestCamera wrong = TestCamera.snapshot(server, "admin:swordfish@", "/pic.jpg");
                TestCamera none = TestCamera.snapshot(server, "", "/pic.jpg")) {
            right.awaitFrames(5);
            wrong.awaitReason(server.at("") + " does not accept the user, password or key (401)");
            none.awaitReason("asks for a user and a password (401)");
            String everything = log.all() + right.status() + wrong.status() + none.status();
            assertFalse(everything.contains("ter") && everything.contains("hun"), everything);
            assertFalse(everything.contains("swordfish"), everything);
        }
    }

    @Test
    void authenticatesWithDigestAndIsChallengedOnce() {
        AtomicInteger challenges = new AtomicInteger();
        RawHttpServer.Answer locked = (request, out) -> {
            if (digestIsRight(request, "admin", "hun:ter2")) {
                RawHttpServer.picture(out);
            } else {
                challenges.incrementAndGet();
                String challenge = "WWW-Authenticate: Digest realm=\"camera\", nonce=\"0a4f\", qop=\"auth\"\r\n";
                RawHttpServer.whole(out, "401 Unauthorized", challenge, new byte[0]);
            }
        };
        try (RawHttpServer server = new RawHttpServer(locked);
                TestCamera camera = TestCamera.snapshot(server, "admin:hun:ter2@", "/pic.jpg?x=1")) {
            camera.awaitFrames(10);
            assertEquals(1, challenges.get());
            assertEquals(1, server.connections());
        }
    }

    private static boolean digestIsRight(String request, String user, String password) {
        int at = request.indexOf("Authorization: Digest ");
        if (at < 0) {
            return false;
        }
        Map<String, String> given = new HashMap<>();
        Matcher parameters = PARAMETER.matcher(request.substring(at + 22, request.indexOf('\n', at)));
        while (parameters.find()) {
            given.put(parameters.group(1), parameters.group(2));
        }
        String expected = md5(String.join(
                ":",
                md5(user + ":camera:" + password),
                "0a4f",
                given.get("nc"),
                given.get("cnonce"),
                "auth",
                md5("GET:" + given.get("uri"))));
        return user.equals(given.get("username")) && expected.equals(given.get("response"));
    }

    private static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
