package dev.wayside.routes;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** A bean with something to close, which a route keeps: it answers with its words while it is open. */
public final class Pool implements Processor {
    private String words = "";
    private volatile boolean closed;

    /** What it answers. */
    public void setWords(String words) {
        this.words = words;
    }

    /** Takes the words of another. */
    public void setLike(Pool other) {
        words = other.words;
    }

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().setBody(closed ? "closed" : words);
    }

    /** Ends it. */
    public void close() {
        closed = true;
    }

    /** A file's part that declares it. */
    static String declared(String words) {
        return """
                - beans:
                    - name: pool
                      type: dev.wayside.routes.Pool
                      destroyMethod: close
                      properties:
                        words: "%s"
                """
                .formatted(words);
    }

    /** A route that keeps it and answers as it does. */
    static String using(String id) {
        return """
                - route:
                    id: %s
                    from:
                      uri: direct:%s
                      steps:
                        - process:
                            ref: pool
                """
                .formatted(id, id);
    }
}
