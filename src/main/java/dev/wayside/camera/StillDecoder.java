package dev.wayside.camera;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PNG;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Decodes single JPEG and PNG pictures from memory. Used by one thread. */
final class StillDecoder implements AutoCloseable {
    /** A larger picture has a damaged header: FFmpeg would allocate gigabytes before it notices. */
    static final long MOST_PIXELS = 1 << 27;

    private static final int PNG_SIGNATURE = 0x89;

    private final AVPacket packet = av_packet_alloc();
    private final AVFrame picture = av_frame_alloc();
    private AVCodecContext decoder;
    private int codec;

    /**
     * Decodes a picture.
     *
     * @return the decoder's picture, valid until the next call; null if nothing of it can be decoded
     */
    AVFrame decode(byte[] file) throws CameraFailure {
        int wanted = file.length > 0 && beginsPng(file[0] & 0xFF) ? AV_CODEC_ID_PNG : AV_CODEC_ID_MJPEG;
        if (wanted != codec) {
            open(wanted);
        }
        if (av_new_packet(packet, file.length) < 0) {
            return null;
        }
        packet.data().put(file);
        avcodec_send_packet(decoder, packet);
        av_packet_unref(packet);
        if (avcodec_receive_frame(decoder, picture) < 0) {
            avcodec_flush_buffers(decoder);
            return null;
        }
        squarePixels(picture);
        return picture;
    }

    /** Whether a picture with this first byte is a PNG. */
    static boolean beginsPng(int first) {
        return first == PNG_SIGNATURE;
    }

    /** Sets square pixels: the aspect ratio of a JPEG or PNG is a print density, which no viewer applies. */
    static void squarePixels(AVFrame picture) {
        picture.sample_aspect_ratio().num(1).den(1);
    }

    private void open(int wanted) throws CameraFailure {
        freeDecoder();
        AVCodec found = avcodec_find_decoder(wanted);
        decoder = avcodec_alloc_context3(found);
        decoder.thread_count(1);
        decoder.max_pixels(MOST_PIXELS);
        int code = avcodec_open2(decoder, found, (AVDictionary) null);
        if (code < 0) {
            throw new CameraFailure("the decoder for pictures does not start: " + Reasons.words(code));
        }
        codec = wanted;
    }

    private void freeDecoder() {
        if (decoder != null) {
            avcodec_free_context(decoder);
            decoder = null;
        }
    }

    @Override
    public void close() {
        freeDecoder();
        av_packet_free(packet);
        av_frame_free(picture);
    }
}
