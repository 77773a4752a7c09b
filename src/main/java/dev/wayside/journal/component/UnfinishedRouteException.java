package dev.wayside.journal.component;

/** A sink's route ended early and without an exception: whatever it has done, nothing says that a batch was delivered. */
final class UnfinishedRouteException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Says so.
     *
     * @param how it ended
     */
    UnfinishedRouteException(String sink, String how) {
        super("the route of " + sink + " ended before its last step, by " + how
                + "; the list comes again until the route comes to its end. To decide what becomes of a failure, use"
                + " doTry and doCatch");
    }
}
