package dev.wayside.influxdb;

import java.io.IOException;

/** The database, or its retention policy, does not exist. The message is the server's own. */
public final class DatabaseMissingException extends IOException {
    private static final long serialVersionUID = 1L;

    DatabaseMissingException(String words) {
        super(words);
    }
}
