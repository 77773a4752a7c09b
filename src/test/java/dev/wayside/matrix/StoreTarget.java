package dev.wayside.matrix;

import dev.wayside.servers.FaultProxy;
import dev.wayside.servers.StoreServer;
import java.util.List;

/** A store, whose server other tests use too. */
abstract class StoreTarget implements Target {
    private final StoreServer server;
    private final FaultProxy proxy;
    private String device;

    StoreTarget(StoreServer server) {
        this.server = server;
        this.proxy = new FaultProxy(server.port());
    }

    /** Everything it has of a device. */
    abstract List<Trace> stored(String device);

    @Override
    public void begin(String device) {
        this.device = device;
    }

    @Override
    public FaultProxy proxy() {
        return proxy;
    }

    @Override
    public List<Trace> arrived() {
        return stored(device);
    }

    @Override
    public boolean hasOrder() {
        return false;
    }

    @Override
    public boolean hasTable() {
        return true;
    }

    @Override
    public int duplicates() {
        List<Trace> arrived = arrived();
        return (int)
                (arrived.size() - arrived.stream().map(Trace::key).distinct().count());
    }

    /** A store must not lose what it has acknowledged. */
    @Override
    public void restart() {
        proxy.refuse();
        server.kill();
        server.start();
        proxy.restore();
    }

    /** Whoever started the server also ends it. */
    @Override
    public void close() {
        proxy.close();
    }
}
