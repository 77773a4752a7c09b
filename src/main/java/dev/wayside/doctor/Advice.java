package dev.wayside.doctor;

/** What helps when a store answers that it does not let this user in. Its message ends with the status in parentheses. */
final class Advice {
    private Advice() {}

    /**
     * The message with advice, if it is about the login or a permission.
     *
     * @param message what the connection says
     * @param keys the settings of the login
     * @param permission what the user of the login needs
     */
    static String append(String message, String keys, String permission) {
        if (message.contains("(401)")) {
            return message + ". Check " + keys;
        }
        return message.contains("(403)") ? message + ". To fix it, " + permission : message;
    }
}
