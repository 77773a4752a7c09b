package dev.wayside.doctor;

import ai.djl.engine.Engine;
import dev.wayside.camera.VideoDevices;
import dev.wayside.failure.Reason;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;

/** The native libraries: FFmpeg, OpenCV, TensorFlow Lite and SQLite. */
final class LibraryCheck implements Check {
    private static final String NAME = "libraries";

    /** What cannot be loaded has a message; anything else does not return normally. */
    private interface Library {
        String load() throws SQLException;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Findings findings) {
        List<String> loaded = new ArrayList<>();
        VideoDevices.libraryProblem()
                .ifPresentOrElse(problem -> findings.problem(NAME, problem), () -> loaded.add("FFmpeg"));
        load("OpenCV", LibraryCheck::openCv, loaded, findings);
        load("TensorFlow Lite", () -> Engine.getEngine("TFLite").getVersion(), loaded, findings);
        load("SQLite", LibraryCheck::sqlite, loaded, findings);
        if (!loaded.isEmpty()) {
            findings.ok(NAME, String.join(", ", loaded) + " can be loaded");
        }
    }

    private static void load(String name, Library library, List<String> loaded, Findings findings) {
        try {
            loaded.add(name + " " + library.load());
        } catch (LinkageError | SQLException | RuntimeException e) {
            findings.problem(
                    NAME,
                    name + " cannot be loaded: " + Reason.ofRoot(e)
                            + ". Install the library that the message names. If it says 'failed to map segment', set"
                            + " XDG_CACHE_HOME to a folder on a file system that is not mounted noexec");
        }
    }

    private static String openCv() {
        Loader.load(opencv_imgproc.class);
        Loader.load(opencv_imgcodecs.class);
        return org.bytedeco.opencv.global.opencv_core.CV_VERSION;
    }

    private static String sqlite() throws SQLException {
        try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            return memory.getMetaData().getDatabaseProductVersion();
        }
    }
}
