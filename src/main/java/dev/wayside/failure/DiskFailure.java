package dev.wayside.failure;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why a file cannot be read or written, as a clause: "the disk is full". */
public enum DiskFailure {
    /** No space left. */
    FULL("the disk is full", "no space left", "sqlite_full", "disk is full"),
    /** This user's quota is exceeded. */
    QUOTA("the disk quota of this user is exceeded", "quota exceeded"),
    /** Mounted read-only, or remounted so by the kernel after an error. */
    READ_ONLY("the file or its file system is read-only", "read-only file system", "sqlite_readonly"),
    /** Missing permission. */
    NO_PERMISSION(
            "this user has no permission",
            "permission denied",
            "operation not permitted",
            "sqlite_perm",
            "sqlite_auth"),
    /** No file handle left. */
    TOO_MANY_FILES("this process has too many files open; a higher limit (ulimit -n) helps", "too many open files"),
    /** No such file. */
    MISSING("there is no such file", "no such file or directory"),
    /** A folder in place of a file. */
    FOLDER("it is a folder", "is a directory"),
    /** A file in place of a folder. */
    NOT_A_FOLDER("a part of its path is not a folder", "not a directory"),
    /** A fault of the medium, its cable or its controller. */
    BROKEN("the disk cannot be read or written (I/O error)", "input/output error", "sqlite_ioerr");

    private final String words;
    private final List<String> signs;

    DiskFailure(String words, String... signs) {
        this.words = words;
        this.signs = List.of(signs);
    }

    /** The clause for a message. */
    public String words() {
        return words;
    }

    /** The outermost failure of a file in a chain of causes, SQLite's included; empty when there is none. */
    public static Optional<DiskFailure> of(Throwable failure) {
        return Causes.of(failure).stream()
                .flatMap(cause -> ofOne(cause).stream())
                .findFirst();
    }

    private static Optional<DiskFailure> ofOne(Throwable cause) {
        if (cause instanceof AccessDeniedException) {
            return Optional.of(NO_PERMISSION);
        }
        if (cause instanceof NoSuchFileException) {
            return Optional.of(MISSING);
        }
        if (cause instanceof ReadOnlyFileSystemException) {
            return Optional.of(READ_ONLY);
        }
        if (!isOfAFile(cause)) {
            return Optional.empty();
        }
        String said = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(each -> each.signs.stream().anyMatch(said::contains))
                .findFirst();
    }

    /** Other exceptions can use the same words with another meaning. */
    private static boolean isOfAFile(Throwable cause) {
        return cause instanceof FileSystemException
                || cause instanceof FileNotFoundException
                || cause instanceof SQLException
                || cause instanceof SocketException
                || cause.getClass() == IOException.class;
    }
}
