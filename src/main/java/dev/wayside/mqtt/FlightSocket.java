package dev.wayside.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A socket that sends what TLS writes in its handshake flight by flight: all that comes before the next read goes out in
 * one piece. TLS would send certificate, proof and end one by one, and a broker that objects to the first and closes
 * makes the second fail, so that nobody ever reads the alert in which the broker said why.
 *
 * <p>Used by one thread until {@link #endFlights()}; from then on an ordinary socket.
 */
final class FlightSocket extends Socket {
    private final ByteArrayOutputStream flight = new ByteArrayOutputStream();
    private volatile boolean gathering = true;

    /** Sends what is left; from now on everything goes out at once. */
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
