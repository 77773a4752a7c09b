package dev.wayside.net;

import java.util.Optional;

/** Binary formats of certificates and keys. */
enum Binary {
    /** DER: a single certificate or key. */
    DER("DER (binary)"),
    /** A key store, usually with a password. */
    PKCS12("a PKCS#12 key store"),
    /** Java's former key store format. */
    JKS("a Java key store");

    private static final int SEQUENCE = 0x30;
    private static final int LONG_LENGTH = 0x80;
    /** What follows the length in every PKCS#12 file: the integer 3. */
    private static final byte[] VERSION_THREE = {2, 1, 3};

    private final String words;

    Binary(String words) {
        this.words = words;
    }

    /** The format of these bytes; empty if they seem to be text. */
    static Optional<Binary> of(byte[] bytes) {
        if (bytes.length > 4 && (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xed && (bytes[2] & 0xff) == 0xfe) {
            return Optional.of(JKS);
        }
        int start = contentOfSequence(bytes);
        if (start < 0) {
            return Optional.empty();
        }
        for (int i = 0; i < VERSION_THREE.length; i++) {
            if (start + i >= bytes.length || bytes[start + i] != VERSION_THREE[i]) {
                return Optional.of(DER);
            }
        }
        return Optional.of(PKCS12);
    }

    /** The start of the content if the whole file is one DER sequence, otherwise -1. */
    private static int contentOfSequence(byte[] bytes) {
        if (bytes.length < 2 || bytes[0] != SEQUENCE) {
            return -1;
        }
        int first = bytes[1] & 0xff;
        int digits = first < LONG_LENGTH ? 0 : first - LONG_LENGTH;
        if (digits > 3 || bytes.length < 2 + digits) {
            return -1;
        }
        int length = digits == 0 ? first : 0;
        for (int i = 0; i < digits; i++) {
            length = length << 8 | bytes[2 + i] & 0xff;
        }
        return 2 + digits + length == bytes.length ? 2 + digits : -1;
    }

    String words() {
        return words;
    }

    /** The command that converts the file to PEM. */
    String command(boolean key, String file) {
        return switch (this) {
            case DER -> "openssl " + (key ? "pkey" : "x509") + " -inform der -in " + file + " -out new.pem";
            case PKCS12 -> "openssl pkcs12 -in " + file + (key ? " -nocerts -nodes" : " -nokeys") + " -out new.pem";
            case JKS ->
                "keytool -importkeystore -srckeystore " + file
                        + " -destkeystore store.p12 -deststoretype pkcs12, and then openssl pkcs12 -in store.p12"
                        + (key ? " -nocerts -nodes" : " -nokeys") + " -out new.pem";
        };
    }
}
