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
     * Opens no connection yet: the file may be unavailable when Wayside starts.
     *
     * @param url the JDBC URL
     */
    Connections(String url) {
        this.reader = pool("journal-reader", url, MOST_READERS);
        // A single connection: writers queue for it instead of polling SQLite's lock.
        this.writer = pool("journal-writer", url, 1);
    }

    DataSource reader() {
        return reader;
    }

    DataSource writer() {
        return writer;
    }

    /** Closes idle connections now and the others when they are returned, so that later callers get new ones. */
    void evict() {
        reader.getHikariPoolMXBean().softEvictConnections();
        writer.getHikariPoolMXBean().softEvictConnections();
    }

    /**
     * Evicts connections only if the disk was read-only, because a connection opened then stays read-only. On a full
     * disk, no new one could be opened.
     */
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
