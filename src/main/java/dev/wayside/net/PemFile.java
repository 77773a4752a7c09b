package dev.wayside.net;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.Reason;
import dev.wayside.text.TextFile;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.altindag.ssl.pem.util.PemUtils;

/**
 * A PEM file with certificates or a private key. It accepts common variations: text around the blocks, EC parameters before
 * the key, Windows line endings. The message for an unusable file says what it contains and which command converts it.
 */
final class PemFile {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final String KEY = "PRIVATE KEY";

    private final String file;
    private final String content;
    private final List<Block> blocks = new ArrayList<>();

    private record Block(String type, String text) {
        boolean isCertificate() {
            return type.endsWith("CERTIFICATE");
        }

        boolean isKey() {
            return type.endsWith(KEY);
        }

        byte[] content() {
            return Base64.getMimeDecoder().decode(text.replaceAll("-----.*-----", ""));
        }
    }

    private PemFile(String file, String content) {
        this.file = file;
        this.content = content;
        byte[] bytes = TextFile.bytes(Path.of(file));
        if (bytes.length == 0) {
            throw bad("is empty", "copy it again");
        }
        Binary.of(bytes).ifPresent(binary -> {
            throw bad("is " + binary.words() + ", not PEM", binary.command(isForKey(), quoted(file)));
        });
        String text = text(bytes);
        for (Matcher block = BLOCK.matcher(text); block.find(); ) {
            blocks.add(new Block(block.group(1), block.group()));
        }
        if (blocks.isEmpty()) {
            throw bad(
                    text.contains("-----BEGIN ")
                            ? "is truncated: a line -----END … is missing"
                            : "contains no PEM block",
                    "copy it again, from the line -----BEGIN … to the line -----END …");
        }
    }

    /** The PEM blocks are ASCII, so the encoding of the text around them does not matter. */
    private String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.contains("-----BEGIN ") ? text : TextFile.decode(bytes, file);
    }

    /** Quoted for a shell, if necessary. */
    static String quoted(String file) {
        return file.matches("[A-Za-z0-9_./-]+") ? file : "'" + file.replace("'", "'\\''") + "'";
    }

    /**
     * The certificates in a file, in order.
     *
     * @throws InvalidInputException if there are none; the message says what the file contains
     */
    static List<X509Certificate> certificates(String file) {
        return new PemFile(file, "the certificate").certificates();
    }

    /**
     * The private key in a file: RSA, EC or EdDSA, in PKCS#8, PKCS#1 or SEC 1.
     *
     * @throws InvalidInputException if there is none, or it is encrypted; the message says what the file contains
     */
    static PrivateKey privateKey(String file) {
        return new PemFile(file, "the private key").privateKey();
    }

    private boolean isForKey() {
        return content.contains("key");
    }

    private List<X509Certificate> certificates() {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks) {
            if (block.isCertificate()) {
                certificates.add(parsed(block, PemFile::certificate));
            }
        }
        if (!certificates.isEmpty()) {
            return certificates;
        }
        if (blocks.stream().anyMatch(Block::isKey)) {
            throw bad(
                    "contains a private key, but a certificate is needed",
                    "check whether the certificate and key files are swapped");
        }
        throw switch (blocks.get(0).type()) {
            case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST" ->
                bad(
                        "contains a certificate signing request",
                        "have the CA sign it, and use the certificate that it returns");
            case "PKCS7" ->
                bad(
                        "contains PKCS#7, not a plain certificate",
                        "openssl pkcs7 -print_certs -in " + quoted(file) + " -out certificate.pem");
            default -> bad("contains no certificate, but " + blocks.get(0).type(), "name the file of the certificate");
        };
    }

    private PrivateKey privateKey() {
        Block key = blocks.stream().filter(Block::isKey).findFirst().orElseThrow(this::noKey);
        if (key.type().startsWith("ENCRYPTED") || key.text().contains("Proc-Type: 4,ENCRYPTED")) {
            throw bad(
                    "is encrypted with a passphrase, which cannot be entered here",
                    "openssl pkey -in " + quoted(file) + " -out plain.key; chmod 600 plain.key");
        }
        if (key.type().startsWith("OPENSSH")) {
            throw bad("is in OpenSSH format", "ssh-keygen -p -N '' -m PKCS8 -f " + quoted(file));
        }
        return parsed(key, PemFile::key);
    }

    private static X509Certificate certificate(Block block) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block.content()));
    }

    private static PrivateKey key(Block block) {
        return PemUtils.parsePrivateKey(block.text().replace("\r", ""));
    }

    private InvalidInputException noKey() {
        boolean swapped = blocks.stream().anyMatch(Block::isCertificate);
        return swapped
                ? bad(
                        "contains a certificate, but its private key is needed",
                        "check whether the certificate and key files are swapped")
                : bad("contains no private key, but " + blocks.get(0).type(), "name the file of the private key");
    }

    private interface Parser<T> {
        T parse(Block block) throws GeneralSecurityException;
    }

    private <T> T parsed(Block block, Parser<T> parser) {
        try {
            return parser.parse(block);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new InvalidInputException(
                    sentence(
                            "is damaged, or in a format that Java does not support (" + Reason.ofRoot(e) + ")",
                            "openssl " + (block.isKey() ? "pkey" : "x509") + " -noout -text -in " + quoted(file)
                                    + " shows whether it is valid"),
                    e);
        }
    }

    private InvalidInputException bad(String problem, String help) {
        return new InvalidInputException(sentence(problem, help));
    }

    private String sentence(String problem, String help) {
        return "The file " + file + " for " + content + " " + problem + ": " + help + ".";
    }
}
