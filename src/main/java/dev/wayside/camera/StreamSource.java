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

/** A video that FFmpeg demuxes and decodes: a file, a stream or a device. Pixels stay in the decoder's format. */
final class StreamSource implements FrameSource {
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final CameraUrl url;
    private final Deadline deadline;
    private final AVFormatContext context;
    /** The connection, if FFmpeg did not open it; otherwise null. */
    private final HttpAnswer answer;

    private final AVPacket packet = av_packet_alloc();
    private final AVFrame picture = av_frame_alloc();
    private AVCodecContext decoder;
    private AVRational timeBase;
    private AVRational containerAspect;
    private int stream;
    private double declaredRate;

    private SourceClock clock;
    private int endCode;
    private long pictures;
    private boolean dataCame;

    private StreamSource(CameraUrl url, Deadline deadline, AVFormatContext context, HttpAnswer answer) {
        this.url = url;
        this.deadline = deadline;
        this.context = context;
        this.answer = answer;
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
        return open(url, url.location(), StreamOptions.format(url), null, deadline);
    }

    /**
     * Opens a URL, one file of a source that consists of several, or the response of an HTTP server.
     *
     * @param format the name of the demuxer; null to detect it
     * @param answer the server's response, which is closed with the source; null if FFmpeg opens the location itself
     */
    static StreamSource open(CameraUrl url, String location, String format, HttpAnswer answer, Deadline deadline)
            throws CameraFailure {
        AVFormatContext context = avformat_alloc_context();
        deadline.guard(context);
        if (url.kind() == CameraUrl.Kind.DEVICE) {
            // A blocking read from a hanging device could not be interrupted.
            context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_NONBLOCK);
        }
        if (answer != null) {
            context.pb(answer.fromTheBeginning());
        }
        AVDictionary options = new AVDictionary(null);
        StreamOptions.of(url).forEach((key, value) -> av_dict_set(options, key, value, 0));
        AVInputFormat demuxer = format == null ? null : av_find_input_format(format);
        int code = avformat_open_input(context, location, demuxer, options);
        av_dict_free(options);
        if (code < 0) {
            // FFmpeg has freed the context, but not a connection that it did not open.
            if (answer != null) {
                answer.close();
            }
            throw new CameraFailure(
                    deadline.passed() ? Reasons.notAnswered(url, deadline.timeout()) : Reasons.notOpened(url, code));
        }
        StreamSource source = new StreamSource(url, deadline, context, answer);
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
            // Some formats declare their streams only in their packets. The others need no slow analysis.
            avformat_find_stream_info(context, (PointerPointer<?>) null);
            stream = av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, codec, 0);
        }
        if (stream < 0 && deadline.passed()) {
            throw new CameraFailure(Reasons.stalled(url, deadline.timeout(), false));
        }
        if (stream < 0) {
            throw new CameraFailure(Reasons.noVideo(url, stream));
        }
        AVStream video = context.streams(stream);
        timeBase = video.time_base();
        AVRational rate = video.avg_frame_rate().num() > 0 ? video.avg_frame_rate() : video.r_frame_rate();
        declaredRate = rate.num() > 0 && rate.den() > 0 ? (double) rate.num() / rate.den() : 0;
        clock = new SourceClock(declaredRate);
        containerAspect = video.sample_aspect_ratio().num() > 0 ? video.sample_aspect_ratio() : null;
        decoder = avcodec_alloc_context3(codec);
        avcodec_parameters_to_context(decoder, video.codecpar());
        // Each thread costs memory, and decoding frames in parallel costs their delay.
        decoder.thread_count(url.kind().network() ? 2 : 1);
        decoder.max_pixels(StillDecoder.MOST_PIXELS);
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
                keepAspect();
                dataCame = false;
                return picture;
            }
            if (code == AVERROR_EOF()) {
                endReached();
            } else {
                // Either the decoder needs more data, or the data were damaged. In both cases, more data help.
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
                // A damaged packet does not end the source: the next one may be good.
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

    /** Returns to the beginning; the first picture is then due one period after the last. */
    private void rewind() throws CameraFailure {
        // If timestamps may jump (MPEG transport streams), seeking by time is unreliable.
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

    /** The pixel aspect ratio of the container takes precedence over that of the pictures. */
    private void keepAspect() {
        if (containerAspect != null) {
            picture.sample_aspect_ratio(containerAspect);
        } else if (decoder.codec_id() == AV_CODEC_ID_MJPEG || decoder.codec_id() == AV_CODEC_ID_PNG) {
            StillDecoder.squarePixels(picture);
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
            // Leaves time to close the session, which the server would otherwise keep.
            deadline.grant(CLOSE_TIMEOUT);
        }
        av_packet_free(packet);
        av_frame_free(picture);
        if (decoder != null) {
            avcodec_free_context(decoder);
        }
        avformat_close_input(context);
        if (answer != null) {
            answer.close();
        }
    }
}
