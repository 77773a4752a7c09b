package dev.wayside.live;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads the parts of a multipart response strictly: boundary, headers, and exactly as many bytes as announced. */
final class MjpegReader implements AutoCloseable {
    private final InputStream in;

    MjpegReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** The next JPEG. */
    byte[] next() throws IOException {
        expect("--wayside-frame", line());
        expect("Content-Type: image/jpeg", line());
        String length = line();
        expect("", line());
        byte[] jpeg = in.readNBytes(Integer.parseInt(length.replace("Content-Length: ", "")));
        expect("", line());
        return jpeg;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the stream ended");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static void expect(String wanted, String got) {
        if (!wanted.equals(got)) {
            throw new IllegalStateException("expected '" + wanted + "' in the stream, got '" + got + "'");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
