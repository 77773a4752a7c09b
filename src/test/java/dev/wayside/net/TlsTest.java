package dev.wayside.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.servers.TestCertificates;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PEM files in all forms that users have. */
class TlsTest {
    @TempDir
    static Path directory;

    private static TestCertificates made;

    @BeforeAll
    static void make() throws IOException {
        made = new TestCertificates(directory).ec("pi-01").rsa("pi-02");
        Files.copy(Path.of(made.key("pi-01")), Path.of(made.file("old.key")));
        made.openssl("ecparam", "-genkey", "-name", "prime256v1", "-out", made.file("params.key"));
        made.openssl(
                "req", "-x509", "-key", made.file("params.key"), "-subj", "/CN=pi", "-out", made.file("params.pem"));
        made.openssl("genpkey", "-algorithm", "ed25519", "-out", made.file("ed.key"));
        made.openssl("req", "-x509", "-key", made.file("ed.key"), "-subj", "/CN=pi", "-out", made.file("ed.pem"));
        made.openssl("rsa", "-traditional", "-in", made.key("pi-02"), "-out", made.file("pkcs1.key"));
    }

    @Test
    void anEcKeyAfterItsParametersWorks() throws IOException {
        assertTrue(read("params.key").startsWith("-----BEGIN EC PARAMETERS-----"), read("params.key"));
        assertDoesNotThrow(new Tls("", made.file("params.pem"), made.file("params.key"))::factory);
    }

    @Test
    void keysOfAllKindsAndFormatsWork() {
        assertDoesNotThrow(new Tls(made.ca(), made.certificate("pi-01"), made.key("pi-01"))::factory);
        assertDoesNotThrow(new Tls(made.ca(), made.certificate("pi-02"), made.key("pi-02"))::factory);
        assertDoesNotThrow(new Tls(made.ca(), made.certificate("pi-02"), made.file("pkcs1.key"))::factory);
        assertDoesNotThrow(new Tls("", made.file("ed.pem"), made.file("ed.key"))::factory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "mark", "latin", "windows", "both"})
    void textAroundTheBlocksAByteOrderMarkAndWindowsLineEndingsWork(String what) throws IOException {
        for (String file : new String[] {"pi-01.pem", "pi-01.key", "ca.pem"}) {
            String pem = read(file);
            String all = read("pi-01.pem") + read("pi-01.key");
            switch (what) {
                case "text" -> write("odd-" + file, "Bag Attributes\n  friendlyName: pi\n\n" + pem + "\nthe end\n");
                case "mark" -> write("odd-" + file, "\ufeff" + pem);
                case "latin" -> write("odd-" + file, "f\u00fcr den Hof\n" + pem, ISO_8859_1);
                case "windows" -> write("odd-" + file, pem.replace("\n", "\r\n"));
                default -> write("odd-" + file, file.equals("ca.pem") ? pem : all);
            }
        }
        assertDoesNotThrow(
                new Tls(made.file("odd-ca.pem"), made.file("odd-pi-01.pem"), made.file("odd-pi-01.key"))::factory);
    }

    @Test
    void anEncryptedKeyIsReported() {
        made.openssl("pkey", "-in", made.key("pi-01"), "-aes256", "-passout", "pass:x", "-out", made.file("e8.key"));
        made.openssl(
                "rsa",
                "-traditional",
                "-in",
                made.key("pi-02"),
                "-aes256",
                "-passout",
                "pass:x",
                "-out",
                made.file("e1.key"));
        for (String key : new String[] {"e8.key", "e1.key"}) {
            assertRefused(
                    new Tls("", made.certificate("pi-01"), made.file(key)),
                    "The file " + made.file(key)
                            + " for the private key is encrypted with a passphrase, which cannot be"
                            + " entered here: openssl pkey -in " + made.file(key)
                            + " -out plain.key; chmod 600 plain.key.");
        }
    }

    @Test
    void derIsReported() {
        made.openssl("x509", "-in", made.ca(), "-outform", "der", "-out", made.file("ca.der"));
        made.openssl("pkey", "-in", made.key("pi-01"), "-outform", "der", "-out", made.file("key.der"));
        made.openssl(
                "pkcs12",
                "-export",
                "-in",
                made.certificate("pi-01"),
                "-inkey",
                made.key("pi-01"),
                "-passout",
                "pass:x",
                "-out",
                made.file("both.p12"));
        assertRefused(
                new Tls(made.file("ca.der"), "", ""),
                "The file " + made.file("ca.der")
                        + " for the certificate is DER (binary), not PEM: openssl x509 -inform" + " der -in "
                        + made.file("ca.der") + " -out new.pem.");
        assertRefused(
                new Tls("", made.certificate("pi-01"), made.file("key.der")),
                "openssl pkey -inform der -in " + made.file("key.der") + " -out new.pem.");
        assertRefused(
                new Tls(made.file("both.p12"), "", ""),
                "is a PKCS#12 key store, not PEM: openssl pkcs12 -in " + made.file("both.p12")
                        + " -nokeys -out new.pem.");
    }

    @Test
    void swappedFilesAreReported() {
        assertRefused(
                new Tls("", made.key("pi-01"), made.certificate("pi-01")),
                "contains a private key, but a certificate is needed: check whether the certificate and key files are"
                        + " swapped.");
        assertRefused(
                new Tls("", made.certificate("pi-01"), made.certificate("pi-01")),
                "contains a certificate, but its private key is needed: check whether the certificate and key files are"
                        + " swapped.");
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws IOException {
        assertRefused(
                new Tls("", made.certificate("pi-01"), made.key("pi-02")),
                "The private key " + made.key("pi-02") + " does not belong to the certificate "
                        + made.certificate("pi-01") + ": use the key that the certificate was made for.");
        write("chain.pem", read("ca.pem") + read("pi-01.pem"));
        assertRefused(
                new Tls("", made.file("chain.pem"), made.key("pi-01")),
                "has another certificate before this machine's: put this machine's first");
    }

    @Test
    void aFileThatIsNotPemIsReported() throws IOException {
        write("empty.pem", "");
        write("page.pem", "<html>Not found</html>");
        write("half.pem", read("ca.pem").substring(0, 300));
        write("request.pem", read("pi-01.csr"));
        write("garbled.pem", read("ca.pem").replace("M", "N"));
        assertRefused(new Tls(made.file("empty.pem"), "", ""), "is empty: copy it again.");
        assertRefused(new Tls(made.file("page.pem"), "", ""), "contains no PEM block: copy it again");
        assertRefused(new Tls(made.file("half.pem"), "", ""), "is truncated: a line -----END … is missing");
        assertRefused(
                new Tls(made.file("request.pem"), "", ""),
                "contains a certificate signing request: have the CA sign it");
        assertRefused(
                new Tls(made.file("garbled.pem"), "", ""), "is damaged, or in a format that Java does not support");
        assertRefused(new Tls(made.file("none.pem"), "", ""), "There is no file " + made.file("none.pem") + ".");
        assertRefused(new Tls(directory.toString(), "", ""), directory + " is a folder; it must be a text file.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE"})
    void utf16IsReported(String encoding) throws IOException {
        Files.writeString(Path.of(made.file("wide.pem")), read("ca.pem"), Charset.forName(encoding));
        assertRefused(
                new Tls(made.file("wide.pem"), "", ""),
                made.file("wide.pem") + ", line 1: this is " + encoding + ", not UTF-8. Save the file in UTF-8.");
    }

    @Test
    void aKeyReadableByEveryoneIsRefused() throws IOException {
        Path key = Path.of(made.file("old.key"));
        Tls tls = new Tls("", made.certificate("pi-01"), key.toString());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused(
                tls,
                "The private key " + key + " can be read by every user of this machine; remove that permission:"
                        + " chmod o= " + key);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertDoesNotThrow(tls::factory);
    }

    @Test
    void aCertificateWithoutItsKeyIsRefused() {
        assertRefused(new Tls("", made.certificate("pi-01"), ""), "needs its private key: set the key file.");
    }

    private static void assertRefused(Tls tls, String words) {
        String said = assertThrows(InvalidInputException.class, tls::factory).getMessage();
        assertTrue(said.contains(words), said);
        assertEquals(1, said.lines().count(), said);
    }

    private static String read(String file) throws IOException {
        return Files.readString(Path.of(made.file(file)));
    }

    private static void write(String file, String text) throws IOException {
        write(file, text, StandardCharsets.UTF_8);
    }

    private static void write(String file, String text, Charset encoding) throws IOException {
        Path path = Files.write(Path.of(made.file(file)), text.getBytes(encoding));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }
}
