package dev.wayside.sinks;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.servers.AwsIotLookAlike;
import dev.wayside.servers.TestCertificates;
import dev.wayside.servers.WaysideProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of Wayside with its AWS IoT sink on, as its users start it. */
class AwsIotRunIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Path working;
    private AwsIotLookAlike aws;

    @BeforeEach
    void prepare() throws Exception {
        working = Files.createDirectory(directory.resolve("working"));
        aws = new AwsIotLookAlike(Files.createDirectory(directory.resolve("aws")));
        aws.certificates().ec("pi-01");
    }

    @AfterEach
    void closeBroker() {
        aws.close();
    }

    @Test
    void aCertificateOfAStrangerIsSaidInWordsAndWithoutAStackTrace() throws Exception {
        aws.start();
        TestCertificates stranger =
                new TestCertificates(Files.createDirectory(directory.resolve("stranger"))).ec("pi-01");
        try (WaysideProcess wayside =
                run(stranger.key("pi-01"), "aws-iot.certificate-file=" + stranger.certificate("pi-01"))) {
            await().atMost(PATIENCE)
                    .until(() -> wayside.log().contains("the broker does not trust the CA that signed"));
            assertFalse(wayside.log().contains("SEVERE"), wayside::log);
            assertFalse(wayside.log().contains("\tat "), wayside::log);
        }
    }

    @Test
    void aKeyThatEverybodyMayReadStopsTheStartWithASentence() throws Exception {
        Path key = Path.of(aws.certificates().key("pi-01"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        try (WaysideProcess wayside = run(key.toString())) {
            assertEquals(2, wayside.awaitExit());
            assertTrue(wayside.log().contains("wayside: The private key " + key + " can be read by"), wayside::log);
        }
    }

    @Test
    void anEndpointThatIsNotSetStopsTheStartWithASentence() {
        try (WaysideProcess wayside = WaysideProcess.run(working, "aws-iot.enabled=true")) {
            assertEquals(2, wayside.awaitExit());
            assertTrue(
                    wayside.log().contains("wayside: aws-iot.endpoint is ''; it must be the host name"), wayside::log);
        }
    }

    private WaysideProcess run(String keyFile, String... more) {
        Stream<String> usual = Stream.of(
                "device=pi-01",
                "aws-iot.enabled=true",
                "aws-iot.start=oldest",
                "aws-iot.endpoint=localhost",
                "aws-iot.port=" + aws.port(),
                "aws-iot.topic=dt/pi-01/events",
                "aws-iot.certificate-file=" + aws.certificates().certificate("pi-01"),
                "aws-iot.key-file=" + keyFile,
                "aws-iot.ca-file=" + aws.certificates().ca());
        return WaysideProcess.run(working, Stream.concat(usual, Stream.of(more)).toArray(String[]::new));
    }
}
