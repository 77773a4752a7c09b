package dev.wayside.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A request byte by byte, with headers that Java's client does not send. */
final class RawRequest {
    private RawRequest() {}

    /**
     * Sends a request and reads the whole answer.
     *
     * @param line method and target, such as {@code GET /}
     * @param headers each {@code Name: value}
     */
    static Answer send(int port, String line, String... headers) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(30_000);
            String request = line + " HTTP/1.1\r\nConnection: close\r\n"
                    + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            // A stream that would never end must not be read to its end.
            byte[] answer = socket.getInputStream().readNBytes(64 * 1024);
            return new Answer(new String(answer, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * An answer.
     *
     * @param text head and body
     */
    record Answer(String text) {
        int status() {
            return text.isEmpty() ? 0 : Integer.parseInt(text.split(" ")[1]);
        }

        String header(String name) {
            return text.lines()
                    .takeWhile(line -> !line.isEmpty())
                    .filter(line -> line.toLowerCase().startsWith(name.toLowerCase() + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        String body() {
            int end = text.indexOf("\r\n\r\n");
            return end < 0 ? "" : text.substring(end + 4);
        }
    }
}
