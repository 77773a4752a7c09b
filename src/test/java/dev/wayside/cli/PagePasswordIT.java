package dev.wayside.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.servers.Programs;
import dev.wayside.servers.WaysideProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The password of the page, from the command line to the browser, and nowhere else. */
class PagePasswordIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern SHOWN = Pattern.compile("user wayside, password ([a-z2-9-]{19})");
    private static final String WRONG = "hush-wrong-password";
    private static final String CHOSEN = "hush-chosen-password";

    @TempDir
    Path directory;

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(cookies)
            .build();

    @ParameterizedTest
    @CsvSource({"info, text", "trace, text", "trace, json"})
    void aNewPasswordIsShownOnceAndNoPasswordOrCookieIsLogged(String level, String format) throws Exception {
        try (WaysideProcess wayside = WaysideProcess.run(
                        directory, "http.host=0.0.0.0", "log.level=" + level, "log.format=" + format)
                .awaitStarted()) {
            Matcher shown = SHOWN.matcher(wayside.log());
            assertTrue(shown.find(), wayside.log());
            String made = shown.group(1);
            Path file = directory.resolve("wayside.password");
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertEquals(401, logIn(wayside, WRONG));
            assertEquals(401, basic(wayside, WRONG));
            assertEquals(302, logIn(wayside, made));
            assertEquals(200, status(wayside));
            assertEquals(200, basic(wayside, made));
            List<String> secrets = new ArrayList<>(List.of(WRONG, CHOSEN, encoded(WRONG), encoded(made)));
            secrets.addAll(cookies.getCookieStore().getCookies().stream()
                    .map(HttpCookie::getValue)
                    .toList());
            // The session, and the token under both its names.
            assertEquals(4 + 3, secrets.size(), secrets::toString);
            assertEquals("", run(0, CHOSEN + "\n", "password").replaceFirst("(?s)The page now asks .*", ""));
            await().atMost(PATIENCE).until(() -> status(wayside) == 401);
            assertEquals(302, logIn(wayside, CHOSEN));
            wayside.process().destroy();
            wayside.awaitExit();
            secrets.forEach(secret -> assertFalse(wayside.log().contains(secret), wayside.log()));
            assertEquals(2, wayside.log().split(Pattern.quote(made), -1).length, "it is shown once");
        }
        try (WaysideProcess again =
                WaysideProcess.run(directory, "http.host=0.0.0.0").awaitStarted()) {
            assertFalse(SHOWN.matcher(again.log()).find(), again.log());
            assertEquals(302, logIn(again, CHOSEN));
        }
    }

    @Test
    void aGeneratedPasswordIsPrinted() throws Exception {
        String output = run(0, "", "password", "--generate");
        assertTrue(output.matches("(?s)[a-z2-9]{4}(-[a-z2-9]{4}){3}\n.*"), output);
    }

    @Test
    void aTerminalIsAskedTwiceWithoutAnEcho() throws Exception {
        String output = typed(CHOSEN, CHOSEN);
        assertFalse(output.contains("hush"), output);
        assertTrue(output.contains("New password: ") && output.contains("Again: "), output);
        assertTrue(output.contains("The page now asks for this password"), output);
        assertTrue(typed(CHOSEN, WRONG).contains("The two passwords differ"));
    }

    @Test
    void whatCannotBeAPasswordIsRefused() throws Exception {
        assertTrue(run(2, "short\n", "password").contains("The password has 5 characters; it must have 12 to 200"));
        assertTrue(run(2, "", "password").contains("Standard input is empty"));
        assertTrue(run(2, "x\n", "password", "--set", "http.password-file=secret")
                .contains("The password is in the file that http.password-file in --set names"));
        assertFalse(Files.exists(directory.resolve("wayside.password")));
    }

    @Test
    void anUnusablePasswordOrCertificateStopsTheStart() throws Exception {
        Files.writeString(directory.resolve("secret"), "short");
        refused("The password in " + directory.resolve("secret") + " has 5 characters", "http.password-file=secret");
        refused("There is no file " + directory.resolve("none"), "http.password-file=none");
        refused("There is no file none.pem", "http.certificate-file=none.pem", "http.key-file=none.key");
        refused("http.certificate-file and http.key-file require each other", "http.certificate-file=none.pem");
        refused("camel.management.port is 9876", "camel.management.enabled=true", "camel.management.port=9876");
        Files.writeString(directory.resolve("wayside.password"), "nonsense");
        refused("does not contain the hash of a password");
    }

    private void refused(String sentence, String... settings) {
        try (WaysideProcess wayside = WaysideProcess.run(directory, settings)) {
            assertEquals(2, wayside.awaitExit(), wayside.log());
            assertTrue(wayside.log().contains(sentence), wayside.log());
            assertFalse(wayside.log().contains("\tat "), wayside.log());
        }
    }

    private int logIn(WaysideProcess wayside, String password) throws Exception {
        String form = http.send(
                        HttpRequest.newBuilder(URI.create(wayside.url() + "/login"))
                                .header("Accept", "text/html")
                                .build(),
                        BodyHandlers.ofString())
                .body();
        String token = form.replaceAll("(?s).*name=\"X-XSRF-TOKEN\" value=\"([^\"]+)\".*", "$1");
        return http.send(
                        HttpRequest.newBuilder(URI.create(wayside.url() + "/login"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("username=wayside&X-XSRF-TOKEN=" + token + "&password="
                                        + URLEncoder.encode(password, StandardCharsets.UTF_8)))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private int status(WaysideProcess wayside) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(wayside.url() + "/api/status"))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private static int basic(WaysideProcess wayside, String password) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(wayside.url() + "/api/status"))
                                .header("Authorization", "Basic " + encoded(password))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private static String encoded(String password) {
        return Base64.getEncoder().encodeToString(("wayside:" + password).getBytes(StandardCharsets.UTF_8));
    }

    private String run(int expected, String input, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Path.of("wayside").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        return output(expected, input, command);
    }

    /** On a terminal, which the program script provides. What is typed before the prompt would be shown. */
    private String typed(String first, String second) throws IOException {
        String script = Programs.require("script", "bsdutils").toString();
        String wayside = Path.of("wayside").toAbsolutePath() + " password";
        Process process = start(List.of(script, "-qc", wayside, "/dev/null"));
        StringBuilder output = new StringBuilder();
        InputStream in = process.getInputStream();
        List<String> lines = new ArrayList<>(List.of(first, second));
        for (int next = in.read(); next >= 0; next = in.read()) {
            output.append((char) next);
            if (output.toString().endsWith(": ") && !lines.isEmpty()) {
                process.getOutputStream().write((lines.remove(0) + "\n").getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().flush();
            }
        }
        return output.toString();
    }

    private String output(int expected, String input, List<String> command) throws IOException, InterruptedException {
        Process process = start(command);
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(expected, process.waitFor(), output);
        return output;
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("WAYSIDE_NO_BUILD", "1");
        return builder.start();
    }
}
