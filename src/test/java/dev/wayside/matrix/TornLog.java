package dev.wayside.matrix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/**
 * Half-written transactions in SQLite's write-ahead log, by the file format's own page, "The WAL File Format": a header
 * of 32 bytes, then frames, each with a header of 24 bytes and one page. Frames count as long as they repeat the log's
 * salt; the last one of a transaction says how many pages the database has.
 */
final class TornLog {
    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int PAGE_SIZE_AT = 8;
    private static final int SALT_AT = 16;

    private TornLog() {}

    /**
     * Writes the beginning of a further transaction behind the last committed one: one frame as SQLite would write it,
     * whose page is not what the checksum says, and a piece of another.
     */
    static void tear(Path log, Random random) throws IOException {
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer header = read(file, 0, HEADER);
            int frame = FRAME_HEADER + header.getInt(PAGE_SIZE_AT);
            ByteBuffer torn = ByteBuffer.allocate(frame + random.nextInt(frame));
            random.nextBytes(torn.array());
            torn.putInt(0, 1);
            torn.putInt(4, 0);
            torn.putLong(8, header.getLong(SALT_AT));
            file.write(torn, end(file, header, frame));
        }
    }

    private static long end(FileChannel file, ByteBuffer header, int frame) throws IOException {
        long end = HEADER;
        for (long at = HEADER; at + frame <= file.size(); at += frame) {
            ByteBuffer frameHeader = read(file, at, FRAME_HEADER);
            if (frameHeader.getLong(8) != header.getLong(SALT_AT)) {
                break;
            }
            if (frameHeader.getInt(4) > 0) {
                end = at + frame;
            }
        }
        return end;
    }

    private static ByteBuffer read(FileChannel file, long at, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        file.read(buffer, at);
        return buffer.flip();
    }
}
