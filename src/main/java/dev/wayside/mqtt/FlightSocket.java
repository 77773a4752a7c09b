package dev.wayside.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A socket that sends each flight of the TLS handshake in one piece: it collects all writes until the next read.
 * Otherwise, Java's TLS would send Certificate, CertificateVerify and Finished separately. If the broker rejects the
 * certificate and closes, the next write would fail, and the broker's alert with the reason would never be read.
 *
 * <p>Used by one thread until {@link #endFlights()}; afterwards it is an ordinary socket.
 */
final class FlightSocket extends Socket {
    private final ByteArrayOutputStream flight = new ByteArrayOutputStream();
    private volatile boolean gathering = true;

    /** Sends the rest and ends the collecting: later writes are sent at once. */
    void endFlights() throws IOException {
        send();
        gathering = false;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                send();
                return super.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                send();
                return super.read(bytes, offset, length);
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(int single) throws IOException {
                write(new byte[] {(byte) single}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (gathering) {
                    flight.write(bytes, offset, length);
                } else {
                    out.write(bytes, offset, length);
                }
            }
        };
    }

    private void send() throws IOException {
        if (gathering && flight.size() > 0) {
            flight.writeTo(super.getOutputStream());
            flight.reset();
        }
    }
}
