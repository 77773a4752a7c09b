package dev.wayside.camera;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/**
 * The coded pictures of an H.264 file: for each its NAL units, as RTP carries them.
 *
 * @param sps the sequence parameter set
 * @param pps the picture parameter set
 * @param pictures NAL units by picture
 */
record H264Clip(byte[] sps, byte[] pps, List<List<byte[]>> pictures) {

    static H264Clip read(Path file) {
        AVFormatContext context = new AVFormatContext(null);
        if (avformat_open_input(context, file.toString(), (AVInputFormat) null, (AVDictionary) null) < 0) {
            throw new IllegalStateException("cannot open " + file);
        }
        AVPacket packet = av_packet_alloc();
        try {
            AVCodecParameters parameters = context.streams(0).codecpar();
            byte[] extra = new byte[parameters.extradata_size()];
            parameters.extradata().get(extra);
            // ISO/IEC 14496-15, 5.3.3.1: five bytes, count and SPS with 16-bit length, count and PPS likewise.
            ByteBuffer configuration = ByteBuffer.wrap(extra).position(6);
            byte[] sps = new byte[configuration.getShort()];
            configuration.get(sps).get();
            byte[] pps = new byte[configuration.getShort()];
            configuration.get(pps);

            List<List<byte[]>> pictures = new ArrayList<>();
            while (av_read_frame(context, packet) >= 0) {
                byte[] data = new byte[packet.size()];
                packet.data().get(data);
                pictures.add(units(ByteBuffer.wrap(data)));
                av_packet_unref(packet);
            }
            return new H264Clip(sps, pps, pictures);
        } finally {
            av_packet_free(packet);
            avformat_close_input(context);
        }
    }

    private static List<byte[]> units(ByteBuffer lengthPrefixed) {
        List<byte[]> units = new ArrayList<>();
        while (lengthPrefixed.hasRemaining()) {
            byte[] unit = new byte[lengthPrefixed.getInt()];
            lengthPrefixed.get(unit);
            units.add(unit);
        }
        return units;
    }
}
