package dev.wayside.influxdb;

import java.io.IOException;

/** There is no such database, or no such retention policy in it. The message is the server's own. */
public final class DatabaseMissingException extends IOException {
    private static final long serialVersionUID = 1L;

    DatabaseMissingException(String words) {
        super(words);
    }
}
