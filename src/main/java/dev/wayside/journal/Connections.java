package dev.wayside.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** The connections of one process to its journal: many for reading, one for writing. Thread-safe. */
final class Connections implements AutoCloseable {
    private static final int MOST_READERS = 32;

    private final HikariDataSource reader;
    private final HikariDataSource writer;

    /**
     * Opens nothing yet: the file may be out of reach when Wayside starts.
     *
     * @param url JDBC's
     */
    Connections(String url) {
        this.reader = pool("journal-reader", url, MOST_READERS);
        // One connection: whoever writes waits for it in line instead of asking SQLite again and again.
        this.writer = pool("journal-writer", url, 1);
    }

    DataSource reader() {
        return reader;
    }

    DataSource writer() {
        return writer;
    }

    /** Has whoever comes next get new connections. */
    void evict() {
        reader.getHikariPoolMXBean().softEvictConnections();
        writer.getHikariPoolMXBean().softEvictConnections();
    }

    /** A connection opened while the disk was read-only stays so; on a full disk a new one could not be made. */
    void evictIfReadOnly(Throwable failure) {
        if (Damage.isReadOnly(failure)) {
            evict();
        }
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
    }

    private static HikariDataSource pool(String name, String url, int most) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(5));
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
