package dev.wayside.camera;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureSplitterTest {
    private static final byte[] SMALL = Pictures.jpeg(16, 16);
    private static final byte[] PNG = Pictures.encoded("png", 16, 16, Color.BLUE);
    private static final byte[] LARGE = Pictures.jpeg(320, 240);
    private final PictureSplitter splitter = new PictureSplitter();

    private List<byte[]> split(byte[] stream, int portion) {
        List<byte[]> pictures = new ArrayList<>();
        for (int from = 0; from < stream.length; from += portion) {
            byte[] part = Arrays.copyOfRange(stream, from, Math.min(stream.length, from + portion));
            splitter.add(part, part.length);
            for (byte[] picture = splitter.next(); picture != null; picture = splitter.next()) {
                pictures.add(picture);
            }
        }
        return pictures;
    }

    private static byte[] join(Object... parts) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (Object part : parts) {
            stream.writeBytes(
                    part instanceof byte[] bytes ? bytes : ((String) part).getBytes(StandardCharsets.US_ASCII));
        }
        return stream.toByteArray();
    }

    private static void assertPictures(List<byte[]> found, byte[]... wanted) {
        assertEquals(wanted.length, found.size());
        for (int i = 0; i < wanted.length; i++) {
            assertArrayEquals(wanted[i], found.get(i), "picture " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000, 100_000})
    void findsPicturesHoweverTheyArrive(int portion) {
        byte[] stream =
                join("--b\r\nContent-Type: image/jpeg\r\n\r\n", SMALL, "\r\n--b\r\n\r\n", LARGE, SMALL, "--b--");
        assertPictures(split(stream, portion), SMALL, LARGE, SMALL);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000, 100_000})
    void findsPngsHoweverTheyArrive(int portion) {
        byte[] stream =
                join("--b\r\nContent-Type: image/png\r\n\r\n", PNG, "\r\n--b\r\n\r\n", PNG, LARGE, PNG, "--b--");
        assertPictures(split(stream, portion), PNG, PNG, LARGE, PNG);
    }

    @Test
    void resynchronisesAfterAPngThatWasCutOff() {
        byte[] half = Arrays.copyOf(PNG, PNG.length - 20);
        assertPictures(split(join(half, "\r\n--b\r\n\r\n", PNG, SMALL), 64), PNG, SMALL);
        byte[] endless = join(Arrays.copyOf(PNG, 8), new byte[] {127, 0, 0, 0}, "IDAT");
        assertPictures(split(join(endless, PNG), 64), PNG);
    }

    @Test
    void picturesThatNeverEndFitIntoTheHeapForManyCameras() {
        byte[] head = Arrays.copyOf(LARGE, LARGE.length - 2);
        byte[] pixels = new byte[HttpAnswer.CHUNK];
        List<PictureSplitter> cameras = new ArrayList<>();
        long heap = Runtime.getRuntime().maxMemory();
        for (long room = 0; room < heap; room += 2 * PictureSplitter.LONGEST) {
            PictureSplitter camera = new PictureSplitter();
            camera.add(head, head.length);
            for (int sent = 0; sent < PictureSplitter.LONGEST - HttpAnswer.CHUNK; sent += pixels.length) {
                camera.add(pixels, pixels.length);
                assertNull(camera.next());
            }
            cameras.add(camera);
        }
        assertTrue(cameras.stream().allMatch(PictureSplitter::begun));
    }

    @Test
    void aPictureIsCompleteWithItsLastByte() {
        splitter.add(SMALL, SMALL.length - 1);
        assertNull(splitter.next());
        assertTrue(splitter.begun());
        splitter.add(new byte[] {SMALL[SMALL.length - 1]}, 1);
        assertArrayEquals(SMALL, splitter.next());
    }

    @Test
    void aThumbnailIsPartOfItsPicture() {
        int length = SMALL.length + 2;
        byte[] segment = join(new byte[] {(byte) 0xFF, (byte) 0xE1, (byte) (length >> 8), (byte) length}, SMALL);
        byte[] picture = join(Arrays.copyOf(LARGE, 2), segment, Arrays.copyOfRange(LARGE, 2, LARGE.length));
        assertPictures(split(join(picture, picture), 100), picture, picture);
    }

    @Test
    void returnsTheBeginningOfAPictureThatWasCutOff() {
        byte[] half = Arrays.copyOf(LARGE, LARGE.length - 20);
        assertPictures(split(join(half, LARGE, SMALL), 100), half, LARGE, SMALL);
    }

    @Test
    void resynchronisesAfterDamage() {
        byte[] broken = LARGE.clone();
        // The length of the first segment.
        broken[4] = 0;
        broken[5] = 0;
        assertPictures(split(join(broken, SMALL, "no picture", SMALL), 64), SMALL, SMALL);
    }

    @Test
    void discardsAPictureThatNeverEnds() {
        byte[] beginning = Arrays.copyOf(LARGE, LARGE.length - 2);
        assertPictures(split(join(beginning, new byte[PictureSplitter.LONGEST + 1000], SMALL), 500), SMALL);
    }
}
