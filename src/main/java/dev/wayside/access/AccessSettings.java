package dev.wayside.access;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the page is protected.
 *
 * @param host the name or address on which it listens, as configured
 * @param machine the name of this machine, by which other machines may call it
 * @param names further names by which clients may call it, such as that of a reverse proxy
 * @param hashFile where the hash of the password is kept; it need not exist
 * @param passwordFile a file that contains the password itself, instead of the hash
 * @param certificateFile the certificate of the server with its chain, PEM; empty for no TLS
 * @param keyFile the private key of that certificate, PEM
 * @param sessionTimeout after how long without a request a session ends
 */
public record AccessSettings(
        String host,
        String machine,
        List<String> names,
        Path hashFile,
        Optional<Path> passwordFile,
        String certificateFile,
        String keyFile,
        Duration sessionTimeout) {
    /** Whether the page is served over TLS. */
    public boolean hasCertificate() {
        return !certificateFile.isEmpty();
    }
}
