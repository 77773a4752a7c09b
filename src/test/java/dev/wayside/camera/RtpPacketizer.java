package dev.wayside.camera;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** Sends H.264 as RTP (RFC 6184, single NAL units and FU-A) within an RTSP connection (RFC 2326, 10.12). */
final class RtpPacketizer {
    private static final int LONGEST = 1200;
    private static final int PAYLOAD_TYPE = 96;
    private static final int MARKER = 0x80;

    private final OutputStream out;
    private short sequence;

    RtpPacketizer(OutputStream out) {
        this.out = out;
    }

    void send(List<byte[]> picture, int timestamp) throws IOException {
        for (int i = 0; i < picture.size(); i++) {
            sendUnit(picture.get(i), timestamp, i == picture.size() - 1);
        }
        out.flush();
    }

    private void sendUnit(byte[] unit, int timestamp, boolean last) throws IOException {
        if (unit.length <= LONGEST) {
            sendPacket(ByteBuffer.wrap(unit), timestamp, last);
            return;
        }
        byte indicator = (byte) (unit[0] & 0xE0 | 28);
        for (int from = 1; from < unit.length; from += LONGEST) {
            int length = Math.min(LONGEST, unit.length - from);
            boolean first = from == 1;
            boolean end = from + length == unit.length;
            byte header = (byte) ((first ? 0x80 : 0) | (end ? 0x40 : 0) | unit[0] & 0x1F);
            ByteBuffer fragment = ByteBuffer.allocate(length + 2)
                    .put(indicator)
                    .put(header)
                    .put(unit, from, length)
                    .flip();
            sendPacket(fragment, timestamp, last && end);
        }
    }

    private void sendPacket(ByteBuffer payload, int timestamp, boolean marker) throws IOException {
        int length = 12 + payload.remaining();
        ByteBuffer packet = ByteBuffer.allocate(4 + length);
        packet.put((byte) '$').put((byte) 0).putShort((short) length);
        packet.put((byte) 0x80).put((byte) (PAYLOAD_TYPE | (marker ? MARKER : 0)));
        packet.putShort(sequence++).putInt(timestamp).putInt(0x57415953);
        packet.put(payload);
        out.write(packet.array());
    }
}
