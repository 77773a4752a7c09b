package dev.wayside.live;

import io.vertx.core.buffer.Buffer;

/** Receives events. The camera's thread calls it, so an implementation must not block and must not throw. */
interface EventSubscriber {
    /** Receives one server-sent event, including its final empty line. The buffer is shared and must not be changed. */
    void receive(Buffer message);

    /** No more events will follow. */
    void end();
}
