package dev.wayside.camera;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_NOFILE;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** Copies the sample clip's coded pictures unchanged into another container or to a server. */
final class Remux {
    private Remux() {}

    /**
     * Copies picture by picture.
     *
     * @param format FFmpeg's name of the container
     * @param target a file or a url
     * @param goOn called before each picture; returns whether to continue; may wait
     * @return false if the target could not be opened
     */
    static boolean sample(String format, String target, BooleanSupplier goOn) {
        return sample(format, target, goOn, stream -> {});
    }

    /** The same, with additional metadata for the stream. */
    static boolean sample(String format, String target, BooleanSupplier goOn, Consumer<AVStream> description) {
        String clip = TestCamera.HOME.resolve("samples/street.mp4").toString();
        AVFormatContext in = new AVFormatContext(null);
        if (avformat_open_input(in, clip, (AVInputFormat) null, (AVDictionary) null) < 0) {
            throw new IllegalStateException("cannot open " + clip);
        }
        AVFormatContext out = new AVFormatContext(null);
        avformat_alloc_output_context2(out, (AVOutputFormat) null, format, target);
        AVStream source = in.streams(0);
        AVStream sink = avformat_new_stream(out, (AVCodec) null);
        avcodec_parameters_copy(sink.codecpar(), source.codecpar());
        sink.codecpar().codec_tag(0);
        description.accept(sink);
        boolean file = (out.oformat().flags() & AVFMT_NOFILE) == 0;
        if (file) {
            AVIOContext io = new AVIOContext(null);
            avio_open(io, target, AVIO_FLAG_WRITE);
            out.pb(io);
        }
        AVDictionary options = new AVDictionary(null);
        av_dict_set(options, "rtsp_transport", "tcp", 0);
        boolean opened = avformat_write_header(out, options) >= 0;
        av_dict_free(options);
        if (opened) {
            AVPacket packet = av_packet_alloc();
            while (goOn.getAsBoolean() && av_read_frame(in, packet) >= 0) {
                packet.stream_index(0);
                av_packet_rescale_ts(packet, source.time_base(), sink.time_base());
                av_write_frame(out, packet);
                av_packet_unref(packet);
            }
            av_packet_free(packet);
            av_write_trailer(out);
        }
        if (file) {
            avio_closep(out.pb());
        }
        avformat_free_context(out);
        avformat_close_input(in);
        return opened;
    }
}
