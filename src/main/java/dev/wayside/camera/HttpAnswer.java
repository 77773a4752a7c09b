package dev.wayside.camera;

import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_READ;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open2;
import static org.bytedeco.ffmpeg.global.avformat.avio_read_partial;
import static org.bytedeco.ffmpeg.global.avformat.avio_seek;
import static org.bytedeco.ffmpeg.global.avformat.avio_size;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_SEARCH_CHILDREN;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_get;

import java.util.Locale;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * The response of an HTTP server to one request, read by FFmpeg; its first bytes tell what it is. Used by one thread.
 */
final class HttpAnswer implements AutoCloseable {
    /** The maximum number of bytes per read. */
    static final int CHUNK = 1 << 16;

    private final AVIOContext io;
    private final BytePointer chunk = new BytePointer(CHUNK);
    private final String type;
    private final int peeked;

    private HttpAnswer(AVIOContext io) {
        this.io = io;
        this.type = contentType(io);
        this.peeked = avio_read_partial(io, chunk, CHUNK);
    }

    /** Sends one request. */
    static HttpAnswer open(CameraUrl url, Deadline deadline) throws CameraFailure {
        AVIOContext io = new AVIOContext(null);
        AVDictionary options = new AVDictionary(null);
        StreamOptions.http().forEach((key, value) -> av_dict_set(options, key, value, 0));
        int code;
        try (AVIOInterruptCB wake = new AVIOInterruptCB()) {
            deadline.guard(wake);
            code = avio_open2(io, url.location(), AVIO_FLAG_READ, wake, options);
        }
        av_dict_free(options);
        if (code < 0) {
            throw new CameraFailure(
                    deadline.passed() ? Reasons.notAnswered(url, deadline.timeout()) : Reasons.notOpened(url, code));
        }
        HttpAnswer answer = new HttpAnswer(io);
        if (answer.peeked <= 0) {
            answer.close();
            throw new CameraFailure(
                    deadline.passed()
                            ? Reasons.notAnswered(url, deadline.timeout())
                            : Reasons.notOpened(url, answer.peeked));
        }
        return answer;
    }

    private static String contentType(AVIOContext io) {
        try (PointerPointer<BytePointer> found = new PointerPointer<>(1);
                BytePointer option = new BytePointer("mime_type")) {
            if (av_opt_get(io, option, AV_OPT_SEARCH_CHILDREN, found) < 0) {
                return "";
            }
            BytePointer text = found.get(BytePointer.class, 0);
            if (text == null) {
                return "";
            }
            try {
                return text.getString().strip().toLowerCase(Locale.ROOT);
            } finally {
                av_free(text);
            }
        }
    }

    /** Whether it is certainly a single picture: an image whose length the server has sent. */
    boolean still() {
        return type.startsWith("image/") && avio_size(io) >= 0;
    }

    /** Whether the server announces a sequence of parts, each of which replaces the one before. */
    boolean multipart() {
        return type.startsWith("multipart/");
    }

    /**
     * Whether it consists of JPEGs or PNGs, according to the server or to the first bytes, with or without boundaries
     * between them.
     */
    boolean pictures() {
        return multipart()
                || type.contains("jpeg")
                || type.contains("jpg")
                || type.startsWith("image/png")
                || begins(0xFF, 0xD8)
                || begins('-', '-');
    }

    private boolean begins(int first, int second) {
        int from = 0;
        while (from < peeked && Character.isWhitespace(chunk.get(from))) {
            from++;
        }
        return peeked - from > 1 && (chunk.get(from) & 0xFF) == first && (chunk.get(from + 1) & 0xFF) == second;
    }

    /** Copies the bytes that were read first; returns their number. */
    int first(byte[] into) {
        chunk.get(into, 0, peeked);
        return peeked;
    }

    /**
     * Waits for the next bytes.
     *
     * @param into has room for at least {@link #CHUNK} bytes
     * @return how many came, or FFmpeg's error code
     */
    int read(byte[] into) {
        int count = avio_read_partial(io, chunk, CHUNK);
        if (count > 0) {
            chunk.get(into, 0, count);
        }
        return count;
    }

    /** The connection, rewound to its first byte, for one of FFmpeg's demuxers. */
    AVIOContext fromTheBeginning() {
        avio_seek(io, 0, 0);
        return io;
    }

    @Override
    public void close() {
        chunk.close();
        avio_closep(io);
    }
}
