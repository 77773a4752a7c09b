package dev.wayside.live;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * One encoded picture, shared by all viewers: the JPEG, and the same bytes as one part of a
 * {@code multipart/x-mixed-replace} response. The buffers must not be changed.
 *
 * @param jpeg a JPEG file
 * @param part the part's headers, the JPEG, and the boundary that follows it. A browser shows a part only when it sees
 *     the next boundary, so sending the boundary at once avoids a delay of one picture
 */
record LivePicture(Buffer jpeg, Buffer part) {
    private static final String BOUNDARY = "wayside-frame";

    /** The content type of the multipart response. */
    static final String CONTENT_TYPE = "multipart/x-mixed-replace; boundary=" + BOUNDARY;

    /** The bytes before the first part. */
    static final String OPENING = "--" + BOUNDARY + "\r\n";

    private static final byte[] NEXT = ("\r\n" + OPENING).getBytes(StandardCharsets.US_ASCII);

    static LivePicture of(byte[] jpeg) {
        byte[] headers = ("Content-Type: image/jpeg\r\nContent-Length: " + jpeg.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        Buffer part = Buffer.buffer(headers.length + jpeg.length + NEXT.length)
                .appendBytes(headers)
                .appendBytes(jpeg)
                .appendBytes(NEXT);
        return new LivePicture(part.slice(headers.length, headers.length + jpeg.length), part);
    }
}
