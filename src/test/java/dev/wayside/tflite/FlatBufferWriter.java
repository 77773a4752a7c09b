package dev.wayside.tflite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes a FlatBuffer front to back: tables as maps from field number to value, every field in a slot of four bytes.
 *
 * <p>Values: {@link Integer} (any scalar of up to four bytes), {@link String}, {@code int[]}, {@code long[]},
 * {@code float[]}, a table, or a list of tables.
 */
final class FlatBufferWriter {
    private final ByteBuffer bytes = ByteBuffer.allocate(64 * 1024).order(ByteOrder.LITTLE_ENDIAN);

    static byte[] write(String identifier, Map<Integer, ?> root) {
        FlatBufferWriter writer = new FlatBufferWriter();
        writer.bytes.putInt(0).put(identifier.getBytes(StandardCharsets.US_ASCII));
        writer.bytes.putInt(0, writer.table(root));
        byte[] file = new byte[writer.bytes.position()];
        writer.bytes.rewind().get(file);
        return file;
    }

    private int table(Map<Integer, ?> fields) {
        SortedMap<Integer, Object> sorted = new TreeMap<>(fields);
        int count = sorted.isEmpty() ? 0 : sorted.lastKey() + 1;
        align(4, 0);
        int description = bytes.position();
        bytes.putShort((short) (4 + 2 * count)).putShort((short) (4 + 4 * sorted.size()));
        int slot = 4;
        for (int field = 0; field < count; field++) {
            bytes.putShort((short) (sorted.containsKey(field) ? slot : 0));
            slot += sorted.containsKey(field) ? 4 : 0;
        }
        align(4, 0);
        int start = bytes.position();
        bytes.putInt(start - description);
        sorted.values().forEach(value -> bytes.putInt(value instanceof Integer scalar ? scalar : 0));
        int at = start + 4;
        for (Object value : sorted.values()) {
            if (!(value instanceof Integer)) {
                bytes.putInt(at, value(value) - at);
            }
            at += 4;
        }
        return start;
    }

    private int value(Object value) {
        if (value instanceof Map<?, ?> fields) {
            @SuppressWarnings("unchecked")
            Map<Integer, Object> table = (Map<Integer, Object>) fields;
            return table(table);
        }
        align(4, value instanceof long[] ? 4 : 0);
        int start = bytes.position();
        if (value instanceof String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            bytes.putInt(utf8.length).put(utf8).put((byte) 0);
        } else if (value instanceof int[] ints) {
            bytes.putInt(ints.length);
            for (int element : ints) {
                bytes.putInt(element);
            }
        } else if (value instanceof long[] longs) {
            bytes.putInt(longs.length);
            for (long element : longs) {
                bytes.putLong(element);
            }
        } else if (value instanceof float[] floats) {
            bytes.putInt(floats.length);
            for (float element : floats) {
                bytes.putFloat(element);
            }
        } else if (value instanceof List<?> tables) {
            bytes.putInt(tables.size());
            int at = bytes.position();
            tables.forEach(table -> bytes.putInt(0));
            for (Object table : tables) {
                bytes.putInt(at, value(table) - at);
                at += 4;
            }
        } else {
            throw new IllegalArgumentException("no FlatBuffer form of " + value.getClass());
        }
        return start;
    }

    /** Moves to a position that leaves {@code remainder} when divided by {@code unit}, or by 8 if a remainder is asked. */
    private void align(int unit, int remainder) {
        int modulus = remainder == 0 ? unit : 8;
        while (bytes.position() % modulus != remainder) {
            bytes.put((byte) 0);
        }
    }
}
