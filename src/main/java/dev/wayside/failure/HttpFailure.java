package dev.wayside.failure;

/** The meaning of an HTTP status, as the predicate of a sentence whose subject is the server. */
public final class HttpFailure {
    private HttpFailure() {}

    /**
     * The predicate for a status, such as {@code denies access (403)}.
     *
     * @param status 300 or above
     */
    public static String words(int status) {
        return problem(status) + " (" + status + ")";
    }

    /** The predicate without the status, for callers that know only its first digit. */
    public static String problem(int status) {
        if (status < 400) {
            return "redirects to another address, as a login page or a proxy does";
        }
        return switch (status) {
            case 401, 407 -> "does not accept the user, password or key";
            case 403 -> "denies access";
            case 404, 410 -> "has nothing at this path";
            case 413 -> "rejects the request as too large";
            case 429 -> "is overloaded";
            default -> status < 500 ? "refuses the request" : "has an internal error";
        };
    }
}
