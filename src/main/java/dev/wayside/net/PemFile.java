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
 * A file of certificates or of a private key, as people have it: with text around the blocks, EC parameters before the
 * key, Windows's line ends. What cannot be used is named, with the command that makes something usable of it.
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
                    text.contains("-----BEGIN ") ? "is cut off: a line -----END … is missing" : "holds no PEM block",
                    "copy it again, from the line -----BEGIN … to the line -----END …");
        }
    }

    /** Whatever encoding the words around the blocks have: those are ASCII. */
    private String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.contains("-----BEGIN ") ? text : TextFile.decode(bytes, file);
    }

    /** As a shell takes it for one word. */
    static String quoted(String file) {
        return file.matches("[A-Za-z0-9_./-]+") ? file : "'" + file.replace("'", "'\\''") + "'";
    }

    /**
     * The certificates of a file, in its order.
     *
     * @throws InvalidInputException if there are none; the message says what is there
     */
    static List<X509Certificate> certificates(String file) {
        return new PemFile(file, "the certificate").certificates();
    }

    /**
     * The private key of a file: RSA, EC or EdDSA, in PKCS#8, PKCS#1 or SEC 1.
     *
     * @throws InvalidInputException if there is none, or an encrypted one; the message says what is there
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
                    "holds a private key, but a certificate is needed",
                    "check whether the files of certificate and key are swapped");
        }
        throw switch (blocks.get(0).type()) {
            case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST" ->
                bad(
                        "holds a request for a certificate",
                        "have the CA sign it, and use the certificate that it returns");
            case "PKCS7" ->
                bad(
                        "holds PKCS#7, not a certificate by itself",
                        "openssl pkcs7 -print_certs -in " + quoted(file) + " -out certificate.pem");
            default -> bad("holds no certificate, but " + blocks.get(0).type(), "name the file of the certificate");
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
            throw bad("is in the form of OpenSSH", "ssh-keygen -p -N '' -m PKCS8 -f " + quoted(file));
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
                        "holds a certificate, but its private key is needed",
                        "check whether the files of certificate and key are swapped")
                : bad("holds no private key, but " + blocks.get(0).type(), "name the file of the private key");
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
                            "is damaged, or of a kind that Java does not know (" + Reason.ofRoot(e) + ")",
                            "openssl " + (block.isKey() ? "pkey" : "x509") + " -noout -text -in " + quoted(file)
                                    + " shows whether it is in order"),
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
