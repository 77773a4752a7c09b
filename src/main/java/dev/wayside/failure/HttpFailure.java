package dev.wayside.failure;

/** What the status of an HTTP answer means, as the predicate of a sentence whose subject is the server. */
public final class HttpFailure {
    private HttpFailure() {}

    /**
     * The words for a status, such as {@code forbids it (403)}.
     *
     * @param status 300 or above
     */
    public static String words(int status) {
        return problem(status) + " (" + status + ")";
    }

    /** The same without the status, for whoever knows only its first digit. */
    public static String problem(int status) {
        if (status < 400) {
            return "redirects to another address, as a login page or a proxy does";
        }
        return switch (status) {
            case 401, 407 -> "does not accept the user, password or key";
            case 403 -> "forbids it";
            case 404, 410 -> "has nothing at this path";
            case 413 -> "finds the request too large";
            case 429 -> "has too much to do";
            default -> status < 500 ? "refuses the request" : "has an error of its own";
        };
    }
}
