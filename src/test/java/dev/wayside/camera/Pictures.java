package dev.wayside.camera;

import dev.wayside.frame.FrameScaler;
import dev.wayside.frame.PixelLayout;
import dev.wayside.frame.VideoFrame;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.BytePointer;

/** Encoded pictures for tests. */
final class Pictures {
    private Pictures() {}

    /** A picture of one colour as "jpg" or "png". */
    static byte[] encoded(String format, int width, int height, Color color) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return encoded(format, image);
    }

    static byte[] encoded(String format, BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] jpeg(int width, int height) {
        return encoded("jpg", width, height, Color.ORANGE);
    }

    /** The pixels as a camera stores them with this EXIF orientation, 1 to 8. */
    static BufferedImage stored(BufferedImage shown, int orientation) {
        int right = shown.getWidth() - 1;
        int bottom = shown.getHeight() - 1;
        boolean sideways = orientation > 4;
        BufferedImage stored = new BufferedImage(
                sideways ? bottom + 1 : right + 1, sideways ? right + 1 : bottom + 1, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < stored.getHeight(); row++) {
            for (int column = 0; column < stored.getWidth(); column++) {
                // Which side of what is shown the first row and the first column are: CIPA DC-008, Orientation.
                int[] at =
                        switch (orientation) {
                            case 1 -> new int[] {column, row};
                            case 2 -> new int[] {right - column, row};
                            case 3 -> new int[] {right - column, bottom - row};
                            case 4 -> new int[] {column, bottom - row};
                            case 5 -> new int[] {row, column};
                            case 6 -> new int[] {right - row, column};
                            case 7 -> new int[] {right - row, bottom - column};
                            default -> new int[] {row, bottom - column};
                        };
                stored.setRGB(column, row, shown.getRGB(at[0], at[1]));
            }
        }
        return stored;
    }

    /** A JPEG with an EXIF segment that contains only its orientation. */
    static byte[] withOrientation(byte[] jpeg, int orientation) {
        byte[] exif = {
            (byte) 0xFF,
            (byte) 0xE1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0,
            0,
            0,
            0,
            0
        };
        byte[] whole = new byte[jpeg.length + exif.length];
        System.arraycopy(jpeg, 0, whole, 0, 2);
        System.arraycopy(exif, 0, whole, 2, exif.length);
        System.arraycopy(jpeg, 2, whole, 2 + exif.length, jpeg.length - 2);
        return whole;
    }

    /** A frame as it is shown. */
    static BufferedImage shown(VideoFrame frame) {
        int stride = frame.width() * 3;
        BufferedImage image = new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] pixels = new byte[stride * frame.height()];
        try (FrameScaler scaler = new FrameScaler(PixelLayout.RGB);
                BytePointer room = new BytePointer(pixels.length + 64L)) {
            scaler.scale(frame, room, frame.width(), frame.height(), stride);
            room.get(pixels);
        }
        image.getRaster().setDataElements(0, 0, frame.width(), frame.height(), pixels);
        return image;
    }
}
