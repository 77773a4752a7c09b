package dev.wayside.camera;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the JPEGs and PNGs in a stream of bytes by their own markers (ITU-T T.81, annex B) and chunks (ISO/IEC 15948). It
 * skips everything between them, such as the boundaries and headers of a multipart stream, however a camera writes them. A
 * picture is complete with its last byte, not with the first byte of the next one. A thumbnail inside a picture is part of
 * it.
 */
final class PictureSplitter {
    /** A longer picture is discarded, so that the data of several cameras fit into the heap. */
    static final int LONGEST = 8 << 20;

    private static final int FIRST_ROOM = 1 << 16;
    private static final int MARK = 0xFF;
    private static final int TEMPORARY = 0x01;
    private static final int FIRST_RESTART = 0xD0;
    private static final int LAST_RESTART = 0xD7;
    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int[] PNG_SIGNATURE = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    /** Length and type before the data of a PNG's chunk. */
    private static final int CHUNK_HEAD = 8;

    private static final int CHUNK_CHECKSUM = 4;

    private enum Place {
        BETWEEN_PICTURES,
        AT_MARKER,
        IN_PIXELS,
        AT_CHUNK
    }

    private enum Step {
        GO_ON,
        NEEDS_MORE,
        COMPLETE
    }

    private byte[] data = new byte[FIRST_ROOM];
    private int start;
    private int at;
    private int end;
    private Place place = Place.BETWEEN_PICTURES;

    /** Appends bytes of the stream. */
    void add(byte[] bytes, int count) {
        if (end + count > data.length) {
            int needed = end - start + count;
            byte[] room = needed > data.length ? new byte[Math.max(needed, Math.min(2 * needed, LONGEST))] : data;
            System.arraycopy(data, start, room, 0, end - start);
            data = room;
            at -= start;
            end -= start;
            start = 0;
        }
        System.arraycopy(bytes, 0, data, end, count);
        end += count;
    }

    /** The next complete picture; null if it needs more bytes. */
    byte[] next() {
        Step step = Step.GO_ON;
        while (step == Step.GO_ON) {
            step = switch (place) {
                case BETWEEN_PICTURES -> seek();
                case AT_MARKER -> marker();
                case IN_PIXELS -> pixels();
                case AT_CHUNK -> chunk();
            };
        }
        if (step == Step.COMPLETE) {
            return cut();
        }
        if (end - start > LONGEST) {
            at = end;
            lose();
        }
        return null;
    }

    /** Whether a picture has begun but not ended. */
    boolean begun() {
        return place != Place.BETWEEN_PICTURES;
    }

    private byte[] cut() {
        byte[] picture = Arrays.copyOfRange(data, start, at);
        lose();
        return picture;
    }

    private Step lose() {
        start = at;
        place = Place.BETWEEN_PICTURES;
        return Step.GO_ON;
    }

    private Step seek() {
        for (; end - at > 2; at++) {
            if (value(at) == MARK && value(at + 1) == START_OF_IMAGE && value(at + 2) == MARK) {
                return begin(2, Place.AT_MARKER);
            }
            int alike = alikePng();
            if (alike == PNG_SIGNATURE.length) {
                return begin(PNG_SIGNATURE.length, Place.AT_CHUNK);
            }
            if (at + alike == end) {
                break;
            }
        }
        start = at;
        return Step.NEEDS_MORE;
    }

    private Step begin(int signature, Place then) {
        start = at;
        at += signature;
        place = then;
        return Step.GO_ON;
    }

    /** How many bytes from here on are those of a PNG's signature. */
    private int alikePng() {
        int alike = 0;
        while (alike < PNG_SIGNATURE.length && at + alike < end && value(at + alike) == PNG_SIGNATURE[alike]) {
            alike++;
        }
        return alike;
    }

    private Step chunk() {
        if (end - at < CHUNK_HEAD) {
            return Step.NEEDS_MORE;
        }
        int length = value(at) << 24 | value(at + 1) << 16 | value(at + 2) << 8 | value(at + 3);
        String type = new String(data, at + 4, 4, StandardCharsets.ISO_8859_1);
        if (length < 0 || length > LONGEST || !type.matches("[A-Za-z]{4}")) {
            return lose();
        }
        if (end - at < CHUNK_HEAD + length + CHUNK_CHECKSUM) {
            return Step.NEEDS_MORE;
        }
        at += CHUNK_HEAD + length + CHUNK_CHECKSUM;
        return type.equals("IEND") ? Step.COMPLETE : Step.GO_ON;
    }

    private Step marker() {
        if (end - at < 2) {
            return Step.NEEDS_MORE;
        }
        int marker = value(at + 1);
        if (value(at) != MARK || marker == 0) {
            return lose();
        }
        if (marker == MARK) {
            at++;
            return Step.GO_ON;
        }
        if (marker == START_OF_IMAGE) {
            start = at;
        }
        if (marker == TEMPORARY || marker >= FIRST_RESTART && marker <= END_OF_IMAGE) {
            at += 2;
            return marker == END_OF_IMAGE ? Step.COMPLETE : Step.GO_ON;
        }
        return segment(marker);
    }

    private Step segment(int marker) {
        if (end - at < 4) {
            return Step.NEEDS_MORE;
        }
        int length = value(at + 2) << 8 | value(at + 3);
        if (length < 2) {
            return lose();
        }
        if (end - at < 2 + length) {
            return Step.NEEDS_MORE;
        }
        at += 2 + length;
        place = marker == START_OF_SCAN ? Place.IN_PIXELS : Place.AT_MARKER;
        return Step.GO_ON;
    }

    private Step pixels() {
        while (end - at > 1) {
            if (value(at) != MARK) {
                at++;
                continue;
            }
            int next = value(at + 1);
            if (next == START_OF_IMAGE) {
                // The picture was cut off; the next one begins here.
                return Step.COMPLETE;
            }
            if (next == MARK) {
                at++;
            } else if (next == 0 || next >= FIRST_RESTART && next <= LAST_RESTART) {
                at += 2;
            } else {
                place = Place.AT_MARKER;
                return Step.GO_ON;
            }
        }
        return Step.NEEDS_MORE;
    }

    private int value(int index) {
        return data[index] & 0xFF;
    }
}
