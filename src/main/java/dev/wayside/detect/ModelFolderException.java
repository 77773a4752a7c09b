package dev.wayside.detect;

import dev.wayside.failure.InvalidInputException;

/** A model folder that cannot be used; the message tells the user what is wrong, where, and what is allowed. */
public final class ModelFolderException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    /**
     * Says why the model cannot be used.
     *
     * @param message what is wrong, where, and what is allowed
     */
    public ModelFolderException(String message) {
        super(message);
    }

    /**
     * Says why the model cannot be used, with the underlying failure.
     *
     * @param message what is wrong, where, and what is allowed
     * @param cause the underlying failure
     */
    public ModelFolderException(String message, Throwable cause) {
        super(message, cause);
    }
}
