package dev.wayside.camera;

import static org.bytedeco.ffmpeg.global.avdevice.avdevice_register_all;
import static org.bytedeco.ffmpeg.global.avformat.avformat_network_init;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_INFO;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_WARNING;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.setLogCallback;

import dev.wayside.failure.Reason;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** FFmpeg's native libraries, loaded once per process when first needed. */
final class FFmpegLibraries {
    private static final String PACKAGES = "libudev1 libva2 libva-drm2 libdrm2";
    private static final String DEVICE_PACKAGES = "libxcb1 libxcb-shm0 libasound2 libpulse0";

    /**
     * Part of the loader's message if a system library is missing. Installing packages does not help against other
     * failures.
     */
    private static final String MISSING = "cannot open shared object file";

    private FFmpegLibraries() {}

    /**
     * Loads what files and networks need.
     *
     * @throws CameraFailure if the system lacks a library; the message names the packages to install
     */
    static void load() throws CameraFailure {
        check(Streams.PROBLEM);
    }

    /** Also loads the library for devices, which needs many more system libraries. */
    static void loadForDevices() throws CameraFailure {
        load();
        check(Devices.PROBLEM);
    }

    private static void check(String problem) throws CameraFailure {
        if (problem != null) {
            throw new CameraFailure(problem);
        }
    }

    /**
     * Returns what is wrong, or null. It must not throw: a class whose initializer fails reports the cause only once.
     */
    private static String problem(String packages, Runnable loading) {
        try {
            loading.run();
            return null;
        } catch (LinkageError e) {
            // The root cause names the library that is missing.
            String cause = Reason.ofRoot(e);
            return "FFmpeg's libraries cannot be loaded (" + cause + ")"
                    + (cause.contains(MISSING)
                            ? ": on Debian, Ubuntu and Raspberry Pi OS run: sudo apt install " + packages
                                    + " (from Debian 13 and Ubuntu 24.04 on, libasound2 is called libasound2t64)"
                            : "");
        }
    }

    /**
     * Calls FFmpeg and passes on what it says meanwhile. One at a time, after {@link #load()}.
     *
     * @param texts receives pieces that together make lines; they may contain secrets
     * @param call returns FFmpeg's code
     */
    static int listening(Consumer<String> texts, IntSupplier call) {
        try (LogCallback pieces = new LogCallback() {
            @Override
            public void call(int level, BytePointer message) {
                texts.accept(message.getString());
            }
        }) {
            av_log_set_level(AV_LOG_INFO);
            setLogCallback(pieces);
            return call.getAsInt();
        } finally {
            setLogCallback(ToLog.INSTANCE);
            av_log_set_level(AV_LOG_WARNING);
        }
    }

    private static final class Streams {
        static final String PROBLEM = problem(PACKAGES, () -> {
            Loader.load(org.bytedeco.ffmpeg.global.avformat.class);
            // FFmpeg's own log callback writes to stderr, including passwords.
            av_log_set_level(AV_LOG_WARNING);
            setLogCallback(ToLog.INSTANCE);
            avformat_network_init();
        });
    }

    private static final class Devices {
        static final String PROBLEM = problem(PACKAGES + " " + DEVICE_PACKAGES, () -> {
            Loader.load(org.bytedeco.ffmpeg.global.avdevice.class);
            avdevice_register_all();
        });
    }

    private static final class ToLog extends LogCallback {
        static final ToLog INSTANCE = new ToLog();
        private static final Logger log = LoggerFactory.getLogger(FFmpegLibraries.class);

        @Override
        public void call(int level, BytePointer message) {
            if (log.isDebugEnabled()) {
                log.debug("ffmpeg: {}", Redaction.text(message.getString().strip()));
            }
        }
    }
}
