package dev.wayside.processors;

/** A sink's route ended early and without an exception: whatever it has done, nothing says that a batch was delivered. */
final class UnfinishedRouteException extends Exception {
    UnfinishedRouteException(String sink) {
        super("the route of " + sink + " ended before its last step, by an onException with handled: true or by a stop;"
                + " the list comes again until the route comes to its end");
    }
}
