import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.stream.Stream;

/** Makes Java's trust store from a folder of PEM files. The same files give the same bytes. */
class TrustStore {
    public static void main(String[] arguments) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of(arguments[0]))) {
            files = all.filter(file -> file.toString().endsWith(".crt")).sorted().toList();
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("no certificates in " + arguments[0]);
        }
        CertificateFactory certificates = CertificateFactory.getInstance("X.509");
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                store.setCertificateEntry(file.getFileName().toString(), certificates.generateCertificate(in));
            }
        }
        try (OutputStream out = Files.newOutputStream(Path.of(arguments[1]))) {
            store.store(out, null);
        }
    }
}
