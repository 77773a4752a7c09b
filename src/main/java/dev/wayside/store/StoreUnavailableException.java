package dev.wayside.store;

import java.io.IOException;

/** A store cannot take anything now; the same events may be sent again later. The message is a whole sentence. */
public final class StoreUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Says why the store takes nothing now.
     *
     * @param message which store, what is wrong and, where it is known, how to put it right
     */
    public StoreUnavailableException(String message) {
        super(message);
    }

    /** As above, with what led to it. */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
