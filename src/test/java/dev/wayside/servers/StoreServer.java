package dev.wayside.servers;

/** A real server of a store that keeps what it took over {@link #kill()} and {@link #start()}; closing deletes it. */
public interface StoreServer extends Server {}
