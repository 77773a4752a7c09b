package dev.wayside.camera;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** A Raspberry Pi's own camera: the JPEGs that a program of the system writes to a pipe. */
final class RpicamSource implements FrameSource {
    private final CameraUrl url;
    private final Deadline deadline;
    private final String name;
    private final RpicamProcess program;
    private final PictureSplitter splitter = new PictureSplitter();
    private final StillDecoder decoder = new StillDecoder();
    private final byte[] bytes = new byte[HttpAnswer.CHUNK];
    private boolean dataCame;

    private RpicamSource(CameraUrl url, String name, RpicamProcess program, Deadline deadline) {
        this.url = url;
        this.deadline = deadline;
        this.name = name;
        this.program = program;
        // A read from the pipe polls nothing and has no timeout, but ends with the program.
        deadline.onExpiry(program::stop);
        deadline.onCancel(program::stop);
    }

    /**
     * Starts the program.
     *
     * @param searchPath where to look for it, as in {@code PATH}
     */
    static RpicamSource open(CameraUrl url, String searchPath, Deadline deadline) throws CameraFailure {
        FFmpegLibraries.load();
        Path found =
                RpicamCommand.program(searchPath).orElseThrow(() -> new CameraFailure(RpicamReasons.notInstalled()));
        RpicamProcess started = RpicamProcess.start(found, RpicamCommand.arguments(url), searchPath);
        return new RpicamSource(url, found.getFileName().toString(), started, deadline);
    }

    @Override
    public AVFrame next() throws CameraFailure {
        while (true) {
            byte[] file = splitter.next();
            if (file == null) {
                feed();
                continue;
            }
            AVFrame picture = decoder.decode(file);
            if (picture != null) {
                dataCame = false;
                return picture;
            }
        }
    }

    private void feed() throws CameraFailure {
        int count = program.read(bytes);
        if (deadline.passed()) {
            throw new CameraFailure(Reasons.stalled(url, deadline.timeout(), dataCame)
                    + RpicamReasons.complaint(name, program.words()));
        }
        if (count < 0) {
            int code = program.exitCode();
            throw new CameraFailure(RpicamReasons.ended(url, name, code, program.words()));
        }
        dataCame = true;
        splitter.add(bytes, count);
    }

    /** Not used: a live source's pictures are due when they arrive. */
    @Override
    public long timestampMicros() {
        return 0;
    }

    @Override
    public double declaredRate() {
        return Double.parseDouble(RpicamCommand.optionOr(url, "fps", RpicamCommand.RATE));
    }

    @Override
    public void close() {
        program.close();
        decoder.close();
    }
}
