package dev.wayside.mqtt;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wayside.servers.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemTlsTest {
    @TempDir
    Path directory;

    @Test
    void aKeyThatEverybodyMayReadIsRefused() throws IOException {
        TestCertificates certificates = new TestCertificates(directory).ec("pi-01");
        Path key = Path.of(certificates.key("pi-01"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> make(certificates));
        assertEquals(
                "The private key " + key + " can be read by every user of this machine; take that right away:"
                        + " chmod o= " + key,
                refused.getMessage());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertDoesNotThrow(() -> make(certificates));
    }

    @Test
    void aCertificateWithoutItsKeyIsRefused() {
        TestCertificates certificates = new TestCertificates(directory).ec("pi-01");
        assertThrows(
                IllegalArgumentException.class, () -> PemTls.socketFactory("", certificates.certificate("pi-01"), ""));
    }

    private static void make(TestCertificates certificates) {
        PemTls.socketFactory(certificates.ca(), certificates.certificate("pi-01"), certificates.key("pi-01"));
    }
}
