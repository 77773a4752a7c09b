package dev.wayside.journal.component;

/** A sink's route ended early without an exception, so it is unknown whether the batch was delivered. */
final class UnfinishedRouteException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception with a message that says what to do.
     *
     * @param how what ended the route
     */
    UnfinishedRouteException(String sink, String how) {
        super("the route of " + sink + " ended before its last step, by " + how
                + "; the list is retried until the route reaches its end. To handle a failure inside the route, use"
                + " doTry and doCatch");
    }
}
