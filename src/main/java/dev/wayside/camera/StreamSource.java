package dev.wayside.camera;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.PointerPointer;

/** A video that FFmpeg demuxes and decodes: a file, a network stream or a device. Pixels are left as the decoder made them. */
final class StreamSource implements FrameSource {
    private static final Duration GOODBYE = Duration.ofMillis(500);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final CameraUrl url;
    private final Deadline deadline;
    private final AVFormatContext context;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame picture = av_frame_alloc();
    private AVCodecContext decoder;
    private AVRational timeBase;
    private int stream;
    private double declaredRate;

    private SourceClock clock;
    private int endCode;
    private long pictures;
    private boolean dataCame;

    private StreamSource(CameraUrl url, Deadline deadline, AVFormatContext context) {
        this.url = url;
        this.deadline = deadline;
        this.context = context;
    }

    static StreamSource open(CameraUrl url, Deadline deadline) throws CameraFailure {
        if (url.kind() == CameraUrl.Kind.DEVICE) {
            FFmpegLibraries.loadForDevices();
        } else {
            FFmpegLibraries.load();
        }
        if (!url.kind().network()) {
            Reasons.checkLocal(url);
        }
        return open(url, url.location(), StreamOptions.format(url), deadline);
    }

    /**
     * Opens a url, or one file of a source that consists of several.
     *
     * @param format the name of the demuxer; null to find it out
     */
    static StreamSource open(CameraUrl url, String location, String format, Deadline deadline) throws CameraFailure {
        AVFormatContext context = avformat_alloc_context();
        deadline.guard(context);
        if (url.kind() == CameraUrl.Kind.DEVICE) {
            // A device that hangs in a read could not be woken.
            context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_NONBLOCK);
        }
        AVDictionary options = new AVDictionary(null);
        StreamOptions.of(url).forEach((key, value) -> av_dict_set(options, key, value, 0));
        AVInputFormat demuxer = format == null ? null : av_find_input_format(format);
        int code = avformat_open_input(context, location, demuxer, options);
        av_dict_free(options);
        if (code < 0) {
            // FFmpeg has freed the context.
            throw new CameraFailure(
                    deadline.passed() ? Reasons.notAnswered(url, deadline.timeout()) : Reasons.notOpened(url, code));
        }
        StreamSource source = new StreamSource(url, deadline, context);
        try {
            source.openDecoder();
            return source;
        } catch (CameraFailure | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private void openDecoder() throws CameraFailure {
        AVCodec codec = new AVCodec(null);
        stream = av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, codec, 0);
        if (stream < 0) {
            // Some formats name their streams only in their packets. All others need no analysis, which takes long.
            avformat_find_stream_info(context, (PointerPointer<?>) null);
            stream = av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, codec, 0);
        }
        if (stream < 0 && deadline.passed()) {
            throw new CameraFailure(Reasons.stalled(url, deadline.timeout(), false));
        }
        if (stream < 0) {
            throw new CameraFailure(
                    stream == AVERROR_DECODER_NOT_FOUND()
                            ? url + " has a video whose codec this build of FFmpeg cannot decode"
                            : url + " has no video in it: it is something else, or damaged");
        }
        AVStream video = context.streams(stream);
        timeBase = video.time_base();
        AVRational rate = video.avg_frame_rate().num() > 0 ? video.avg_frame_rate() : video.r_frame_rate();
        declaredRate = rate.num() > 0 && rate.den() > 0 ? (double) rate.num() / rate.den() : 0;
        clock = new SourceClock(declaredRate);
        decoder = avcodec_alloc_context3(codec);
        avcodec_parameters_to_context(decoder, video.codecpar());
        // Each thread costs memory, and decoding frames in parallel costs their delay.
        decoder.thread_count(url.kind().network() ? 2 : 1);
        decoder.thread_type(AVCodecContext.FF_THREAD_SLICE);
        if (url.kind().live()) {
            decoder.flags(decoder.flags() | AV_CODEC_FLAG_LOW_DELAY);
        }
        int code = avcodec_open2(decoder, codec, (AVDictionary) null);
        if (code < 0) {
            throw new CameraFailure("the decoder for " + url + " does not start: " + Reasons.words(code));
        }
    }

    @Override
    public AVFrame next() throws CameraFailure {
        while (true) {
            int code = avcodec_receive_frame(decoder, picture);
            if (code == 0) {
                pictures++;
                keepTime();
                dataCame = false;
                return picture;
            }
            if (code == AVERROR_EOF()) {
                endReached();
            } else {
                // Either it wants more data, or the data were damaged: both end with more data.
                feed();
            }
        }
    }

    private void feed() throws CameraFailure {
        int code = av_read_frame(context, packet);
        if (deadline.passed()) {
            av_packet_unref(packet);
            throw new CameraFailure(Reasons.stalled(url, deadline.timeout(), dataCame));
        }
        if (code == AVERROR_EAGAIN()) {
            LockSupport.parkNanos(POLL_NANOS);
        } else if (code < 0) {
            endCode = code;
            avcodec_send_packet(decoder, (AVPacket) null);
        } else {
            if (packet.stream_index() == stream) {
                dataCame = true;
                // A damaged packet is no reason to end: the next may be good.
                avcodec_send_packet(decoder, packet);
            }
            av_packet_unref(packet);
        }
    }

    private void endReached() throws CameraFailure {
        if (pictures == 0 && !url.kind().live()) {
            throw new CameraFailure(Reasons.nothingDecodable(url));
        }
        if (endCode != AVERROR_EOF() || !url.loops()) {
            throw new CameraFailure(Reasons.ended(url, endCode));
        }
        rewind();
    }

    /** To the beginning, in such a way that the first picture is due one picture after the last. */
    private void rewind() throws CameraFailure {
        // Where timestamps may jump (MPEG transport streams), seeking by time lands anywhere.
        boolean jumps = (context.iformat().flags() & AVFMT_TS_DISCONT) != 0;
        int code = jumps ? seekByByte() : seekByTime();
        if (code < 0) {
            code = jumps ? seekByTime() : seekByByte();
        }
        if (code < 0) {
            throw new CameraFailure(url + " cannot be rewound: " + Reasons.words(code));
        }
        avcodec_flush_buffers(decoder);
        pictures = 0;
        clock.rewind();
    }

    private int seekByTime() {
        long start = context.streams(stream).start_time();
        return av_seek_frame(context, stream, start == AV_NOPTS_VALUE ? 0 : start, AVSEEK_FLAG_BACKWARD);
    }

    private int seekByByte() {
        return av_seek_frame(context, -1, 0, AVSEEK_FLAG_BYTE);
    }

    private void keepTime() {
        long pts = picture.best_effort_timestamp();
        if (pts == AV_NOPTS_VALUE) {
            clock.picture();
        } else {
            clock.picture((long) (pts * 1e6 * timeBase.num() / timeBase.den()));
        }
    }

    @Override
    public long timestampMicros() {
        return clock.micros();
    }

    @Override
    public double declaredRate() {
        return declaredRate;
    }

    @Override
    public void close() {
        if (url.kind().network()) {
            // Time to say goodbye to a server, which would otherwise keep the session.
            deadline.grant(GOODBYE);
        }
        av_packet_free(packet);
        av_frame_free(picture);
        if (decoder != null) {
            avcodec_free_context(decoder);
        }
        avformat_close_input(context);
    }
}
