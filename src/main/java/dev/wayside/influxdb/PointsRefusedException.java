package dev.wayside.influxdb;

import java.io.IOException;

/**
 * InfluxDB refused points permanently; it may have accepted others of the same write. The message is the server's own.
 */
public final class PointsRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    PointsRefusedException(String words) {
        super(words);
    }
}
