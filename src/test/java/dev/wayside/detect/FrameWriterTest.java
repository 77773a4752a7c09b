package dev.wayside.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.DataType;
import dev.wayside.detect.Fit.Placement;
import dev.wayside.detect.ModelInput.Channels;
import dev.wayside.frame.PixelLayout;
import dev.wayside.frame.VideoFrame;
import dev.wayside.tflite.Quantization;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Instant;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;

class FrameWriterTest {
    private static final List<Float> HALF_RANGE = List.of(127.5f, 127.5f, 127.5f);

    @Test
    void normalisesInPlaceForFloatInputs() {
        FloatBuffer tensor = floats(input(8, 8, DataType.FLOAT32, Channels.LAST, PixelLayout.RGB, HALF_RANGE), 16, 16);
        for (int pixel = 0; pixel < 64; pixel++) {
            assertEquals(1f, tensor.get(3 * pixel), 1e-6f);
            assertEquals((51 - 127.5f) / 127.5f, tensor.get(3 * pixel + 1), 0.009f);
            assertEquals(-1f, tensor.get(3 * pixel + 2), 1e-6f);
        }
    }

    @Test
    void laysPlanesInTheOrderOfTheColours() {
        ModelInput input = new ModelInput(
                8,
                8,
                DataType.FLOAT32,
                Channels.FIRST,
                PixelLayout.BGR,
                List.of(10f, 20f, 30f),
                List.of(1f, 2f, 5f),
                Fit.STRETCH);
        FloatBuffer tensor = floats(input, 8, 8);
        for (int pixel = 0; pixel < 64; pixel++) {
            assertEquals(-10f, tensor.get(pixel), 1.1f);
            assertEquals(15.5f, tensor.get(64 + pixel), 0.6f);
            assertEquals(45f, tensor.get(128 + pixel), 0.3f);
        }
    }

    @Test
    void writesBytesStraightIntoTheTensor() {
        ByteBuffer tensor = bytes(input(8, 8, DataType.UINT8, Channels.LAST, PixelLayout.RGB, List.of()), 16, 16);
        assertPixel(tensor, 0, 255, 51, 0);
        assertPixel(tensor, 63, 255, 51, 0);
    }

    @Test
    void shiftsBytesForSignedInputs() {
        ByteBuffer tensor = bytes(input(8, 8, DataType.INT8, Channels.LAST, PixelLayout.RGB, List.of()), 8, 8);
        assertEquals(127, tensor.get(0));
        assertEquals(51 - 128, tensor.get(1), 1);
        assertEquals(-128, tensor.get(2));
    }

    @Test
    void quantisesNormalisedValuesAsTheTensorIs() {
        ModelInput input = input(8, 8, DataType.INT8, Channels.FIRST, PixelLayout.RGB, HALF_RANGE);
        ByteBuffer tensor = ByteBuffer.allocateDirect(8 * 8 * 3).order(ByteOrder.nativeOrder());
        try (FrameWriter writer = new FrameWriter(input, new Quantization(1 / 64f, 3), tensor);
                VideoFrame frame = frame(8, 8)) {
            writer.write(frame);
        }
        assertEquals(64 + 3, tensor.get(0));
        assertEquals(Math.round(-0.6f * 64) + 3, tensor.get(64), 1);
        assertEquals(-64 + 3, tensor.get(128));
    }

    @Test
    void padsTheRestOfALetterbox() {
        ModelInput input = letterbox(false);
        ByteBuffer tensor = bytes(input, 32, 8);
        assertPixel(tensor, 0, 255, 51, 0);
        assertPixel(tensor, 16 * 3 + 15, 255, 51, 0);
        assertPixel(tensor, 16 * 4, 114, 114, 114);
        assertPixel(tensor, 16 * 16 - 1, 114, 114, 114);
    }

    @Test
    void centresALetterboxWhereAskedTo() {
        ModelInput input = letterbox(true);
        ByteBuffer tensor = bytes(input, 8, 32);
        for (int row = 0; row < 16; row++) {
            for (int column = 0; column < 16; column++) {
                boolean picture = column >= 6 && column < 10;
                assertPixel(tensor, 16 * row + column, picture ? 255 : 114, picture ? 51 : 114, picture ? 0 : 114);
            }
        }
    }

    @Test
    void padsAgainWhenTheFrameSizeChanges() {
        ModelInput input = letterbox(false);
        ByteBuffer tensor = ByteBuffer.allocateDirect(16 * 16 * 3).order(ByteOrder.nativeOrder());
        try (FrameWriter writer = new FrameWriter(input, Quantization.NONE, tensor);
                VideoFrame wide = frame(32, 8);
                VideoFrame tall = frame(8, 32)) {
            assertEquals(new Placement(0, 0, 16, 4), writer.write(wide));
            assertEquals(new Placement(0, 0, 4, 16), writer.write(tall));
        }
        assertPixel(tensor, 3, 255, 51, 0);
        assertPixel(tensor, 4, 114, 114, 114);
    }

    /** libswscale may write whole vectors, a few bytes past the end of each row. */
    @Test
    void restoresPaddingThatTheScalerOverwrites() {
        ModelInput input = new ModelInput(
                116,
                20,
                DataType.UINT8,
                Channels.LAST,
                PixelLayout.RGB,
                List.of(),
                List.of(),
                new Fit(true, 114, false));
        ByteBuffer tensor = ByteBuffer.allocateDirect(116 * 20 * 3).order(ByteOrder.nativeOrder());
        try (FrameWriter writer = new FrameWriter(input, Quantization.NONE, tensor);
                VideoFrame frame = whiteVideoFrame(1000, 200)) {
            assertEquals(new Placement(0, 0, 100, 20), writer.write(frame));
        }
        for (int row = 0; row < 20; row++) {
            assertPixel(tensor, 116 * row + 99, 253, 253, 253);
            for (int column = 100; column < 116; column++) {
                assertPixel(tensor, 116 * row + column, 114, 114, 114);
            }
        }
    }

    private static ModelInput letterbox(boolean centred) {
        return new ModelInput(
                16,
                16,
                DataType.UINT8,
                Channels.LAST,
                PixelLayout.RGB,
                List.of(),
                List.of(),
                new Fit(true, 114, centred));
    }

    private static ModelInput input(
            int width, int height, DataType type, Channels channels, PixelLayout colour, List<Float> meanAndStd) {
        return new ModelInput(width, height, type, channels, colour, meanAndStd, meanAndStd, Fit.STRETCH);
    }

    private static FloatBuffer floats(ModelInput input, int frameWidth, int frameHeight) {
        return write(input, Float.BYTES, frameWidth, frameHeight).asFloatBuffer();
    }

    private static ByteBuffer bytes(ModelInput input, int frameWidth, int frameHeight) {
        return write(input, 1, frameWidth, frameHeight);
    }

    private static ByteBuffer write(ModelInput input, int elementBytes, int frameWidth, int frameHeight) {
        ByteBuffer tensor = ByteBuffer.allocateDirect(input.width() * input.height() * 3 * elementBytes)
                .order(ByteOrder.nativeOrder());
        try (FrameWriter writer = new FrameWriter(input, Quantization.NONE, tensor);
                VideoFrame frame = frame(frameWidth, frameHeight)) {
            writer.write(frame);
        }
        return tensor;
    }

    private static void assertPixel(ByteBuffer tensor, int pixel, int first, int second, int third) {
        assertEquals(first, tensor.get(3 * pixel) & 0xFF, 1, () -> "pixel " + pixel);
        assertEquals(second, tensor.get(3 * pixel + 1) & 0xFF, 1, () -> "pixel " + pixel);
        assertEquals(third, tensor.get(3 * pixel + 2) & 0xFF, 1, () -> "pixel " + pixel);
    }

    /** A frame that is red 255, green 51, blue 0 all over. */
    private static VideoFrame frame(int width, int height) {
        AVFrame picture = avutil.av_frame_alloc();
        picture.format(avutil.AV_PIX_FMT_RGB24).width(width).height(height);
        assertEquals(0, avutil.av_frame_get_buffer(picture, 0));
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                long at = (long) y * picture.linesize(0) + 3L * x;
                picture.data(0).put(at, (byte) 255).put(at + 1, (byte) 51).put(at + 2, (byte) 0);
            }
        }
        try {
            return VideoFrame.reference(picture, Instant.EPOCH, 0);
        } finally {
            avutil.av_frame_free(picture);
        }
    }

    /** A nearly white frame in the pixel format of most video. */
    private static VideoFrame whiteVideoFrame(int width, int height) {
        AVFrame picture = avutil.av_frame_alloc();
        picture.format(avutil.AV_PIX_FMT_YUV420P).width(width).height(height);
        assertEquals(0, avutil.av_frame_get_buffer(picture, 0));
        for (int plane = 0; plane < 3; plane++) {
            long size = (long) picture.linesize(plane) * (plane == 0 ? height : height / 2);
            for (long i = 0; i < size; i++) {
                picture.data(plane).put(i, (byte) (plane == 0 ? 235 : 128));
            }
        }
        try {
            return VideoFrame.reference(picture, Instant.EPOCH, 0);
        } finally {
            avutil.av_frame_free(picture);
        }
    }
}
