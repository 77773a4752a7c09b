package dev.wayside.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An authority of the test's own and certificates by it, made with openssl as PEM files. */
public final class TestCertificates {
    private final Path directory;

    /** Makes {@code ca.pem} and {@code ca.key} in this folder. */
    public TestCertificates(Path directory) {
        this.directory = directory;
        openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=test authority",
                "-keyout",
                file("ca.key"),
                "-out",
                file("ca.pem"));
    }

    public String ca() {
        return file("ca.pem");
    }

    public String certificate(String name) {
        return file(name + ".pem");
    }

    public String key(String name) {
        return file(name + ".key");
    }

    /** Makes a certificate with an RSA key in PKCS#8. */
    public TestCertificates rsa(String name) {
        return sign(name, "-newkey", "rsa:2048");
    }

    /** Makes a certificate with an EC key. */
    public TestCertificates ec(String name) {
        return sign(name, "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1");
    }

    /** Makes a certificate with an RSA key that expired yesterday. */
    public TestCertificates expired(String name) {
        return sign(name, -1, "-newkey", "rsa:2048");
    }

    private TestCertificates sign(String name, String... keyOptions) {
        return sign(name, 2, keyOptions);
    }

    private TestCertificates sign(String name, int days, String... keyOptions) {
        List<String> request = new ArrayList<>(
                List.of("req", "-nodes", "-subj", "/CN=" + name, "-keyout", key(name), "-out", file(name + ".csr")));
        request.addAll(List.of(keyOptions));
        openssl(request.toArray(String[]::new));
        try {
            Files.writeString(directory.resolve("san.ext"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        openssl(
                "x509",
                "-req",
                "-days",
                String.valueOf(days),
                "-in",
                file(name + ".csr"),
                "-CA",
                ca(),
                "-CAkey",
                file("ca.key"),
                "-CAcreateserial",
                "-extfile",
                file("san.ext"),
                "-out",
                certificate(name));
        return this;
    }

    /** The path of a file in this folder. */
    public String file(String name) {
        return directory.resolve(name).toString();
    }

    /** Runs openssl. */
    public void openssl(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Programs.require("openssl", "openssl").toString());
        command.addAll(List.of(arguments));
        try {
            Path log = directory.resolve("openssl.log");
            int code = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException(command + ": " + Files.readString(log));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
