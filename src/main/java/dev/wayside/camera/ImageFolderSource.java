package dev.wayside.camera;

import dev.wayside.failure.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** The pictures of a folder in name order, in a loop. The folder is listed again in each round. */
final class ImageFolderSource implements FrameSource {
    private static final double DEFAULT_RATE = 1;
    /** Hidden ones are not for viewers: macOS puts its own notes on a.jpg into ._a.jpg. */
    private static final Pattern PICTURE = Pattern.compile("(?i)[^.].*\\.(jpe?g|png)");

    private final CameraUrl url;
    private final Deadline deadline;
    private final double rate;
    private final Deque<Path> waiting = new ArrayDeque<>();
    private final Consumer<String> notices;
    private StreamSource open;
    private int sinceListed = 1;
    private long shown;

    ImageFolderSource(CameraUrl url, Deadline deadline, Consumer<String> notices) throws CameraFailure {
        FFmpegLibraries.load();
        this.url = url;
        this.deadline = deadline;
        this.notices = notices;
        this.rate = url.option("fps") == null ? DEFAULT_RATE : Double.parseDouble(url.option("fps"));
        list();
    }

    private void list() throws CameraFailure {
        Reasons.checkLocal(url);
        if (sinceListed == 0) {
            throw new CameraFailure(Reasons.nothingDecodable(url));
        }
        sinceListed = 0;
        try (Stream<Path> files = Files.list(url.path())) {
            files.filter(ImageFolderSource::isPicture).sorted().forEach(waiting::add);
        } catch (IOException | UncheckedIOException e) {
            throw new CameraFailure(url.path() + " cannot be listed: " + Reason.ofRoot(e));
        }
        if (waiting.isEmpty()) {
            throw new CameraFailure(url.path() + " has no .jpg, .jpeg or .png in it");
        }
    }

    /** Includes a broken link, which is reported; without folders and named pipes, which nobody could read. */
    private static boolean isPicture(Path file) {
        return PICTURE.matcher(file.getFileName().toString()).matches()
                && (Files.isRegularFile(file) || !Files.exists(file));
    }

    /** By its first byte, as viewers do: the name of many a PNG ends in .jpg. */
    private static String demuxer(Path file) throws CameraFailure {
        try (InputStream content = Files.newInputStream(file)) {
            return StillDecoder.beginsPng(content.read()) ? "png_pipe" : "jpeg_pipe";
        } catch (IOException e) {
            throw new CameraFailure(file + " cannot be read: " + Reason.ofRoot(e));
        }
    }

    @Override
    public AVFrame next() throws CameraFailure {
        while (true) {
            if (waiting.isEmpty()) {
                list();
            }
            Path file = waiting.remove();
            try {
                closeOpen();
                open = StreamSource.open(url, file.toString(), demuxer(file), null, deadline);
                AVFrame picture = open.next();
                sinceListed++;
                shown++;
                return picture;
            } catch (CameraFailure e) {
                if (deadline.passed()) {
                    throw e;
                }
                notices.accept(file + " is skipped: it cannot be decoded, or was removed");
            }
        }
    }

    @Override
    public long timestampMicros() {
        return Math.round((shown - 1) * 1e6 / rate);
    }

    @Override
    public double declaredRate() {
        return rate;
    }

    private void closeOpen() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    @Override
    public void close() {
        closeOpen();
    }
}
