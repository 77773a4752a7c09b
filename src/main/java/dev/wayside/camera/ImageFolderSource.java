package dev.wayside.camera;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** The pictures of a folder in name order, over and over. The folder is read anew each time round. */
final class ImageFolderSource implements FrameSource {
    private static final double DEFAULT_RATE = 1;

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
            files.filter(file -> demuxer(file) != null).sorted().forEach(waiting::add);
        } catch (IOException | UncheckedIOException e) {
            throw new CameraFailure(url.path() + " cannot be listed: " + e.getMessage());
        }
        if (waiting.isEmpty()) {
            throw new CameraFailure(url.path() + " has no .jpg, .jpeg or .png in it");
        }
    }

    private static String demuxer(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".jpg") || name.endsWith(".jpeg")) {
            return "jpeg_pipe";
        }
        return name.endsWith(".png") ? "png_pipe" : null;
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
                notices.accept(file + " is left out: it is no picture that can be decoded, or was removed");
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
