package dev.wayside.tflite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table in a FlatBuffer whose offsets have been verified already.
 *
 * @param bytes the whole file
 * @param position the table's offset in the file
 * @see <a href="https://flatbuffers.dev/internals/">FlatBuffers internals</a>
 */
record FlatTable(ByteBuffer bytes, int position) {
    static FlatTable root(ByteBuffer file) {
        ByteBuffer bytes = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        return new FlatTable(bytes, bytes.getInt(0));
    }

    /** The value of a one-byte field, or {@code absent} if the table does not have the field. */
    int byteField(int field, int absent) {
        int at = at(field);
        return at == 0 ? absent : bytes.get(at);
    }

    int intField(int field, int absent) {
        int at = at(field);
        return at == 0 ? absent : bytes.getInt(at);
    }

    /** The table that a field refers to, null if it refers to none. */
    FlatTable table(int field) {
        int at = at(field);
        return at == 0 ? null : new FlatTable(bytes, at + bytes.getInt(at));
    }

    List<FlatTable> tables(int field) {
        return elements(field, 4)
                .mapToObj(at -> new FlatTable(bytes, at + bytes.getInt(at)))
                .toList();
    }

    int[] ints(int field) {
        return elements(field, 4).map(bytes::getInt).toArray();
    }

    long[] longs(int field) {
        return elements(field, 8).mapToLong(bytes::getLong).toArray();
    }

    double[] floats(int field) {
        return elements(field, 4).mapToDouble(bytes::getFloat).toArray();
    }

    /** The offsets of the elements of a field's vector; none if the field is absent. */
    private IntStream elements(int field, int size) {
        int at = at(field);
        if (at == 0) {
            return IntStream.empty();
        }
        int vector = at + bytes.getInt(at);
        return IntStream.range(0, bytes.getInt(vector)).map(i -> vector + 4 + size * i);
    }

    private int at(int field) {
        int description = position - bytes.getInt(position);
        int slot = 4 + 2 * field;
        boolean described = slot < Short.toUnsignedInt(bytes.getShort(description));
        int offset = described ? Short.toUnsignedInt(bytes.getShort(description + slot)) : 0;
        return offset == 0 ? 0 : position + offset;
    }
}
