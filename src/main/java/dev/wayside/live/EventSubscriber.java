package dev.wayside.live;

import io.vertx.core.buffer.Buffer;

/** One who follows the events. Called by the flow's thread: an implementation must not block and must not throw. */
interface EventSubscriber {
    /** One server-sent event, complete with its last empty line; nobody may change the buffer. */
    void receive(Buffer message);

    /** There will be no more events. */
    void end();
}
