package dev.wayside.camera;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Removes secrets from URLs and from texts that contain URLs. When in doubt, it hides too much: in a query, it keeps
 * only the values of parameters that are known to be harmless.
 */
final class Redaction {
    private static final String HIDDEN = "***";
    private static final Set<String> HARMLESS = Set.of(
            "camera",
            "channel",
            "compression",
            "fps",
            "height",
            "profile",
            "quality",
            "resolution",
            "stream",
            "subtype",
            "videocodec",
            "width");
    private static final Pattern SECRET_IN_PATH =
            Pattern.compile("(?i)(pass(word|wd)?|pwd|psw|token|auth|key|secret|user(name)?|usr)[=:]");
    private static final Pattern URL_IN_TEXT = Pattern.compile("(?i)\\b[a-z][a-z0-9+.-]*://[^\\s'\"]+");
    /** The form of a harmless parameter's value; any other value may contain another parameter. */
    private static final Pattern PLAIN_VALUE = Pattern.compile("[\\w.x-]{0,32}");

    private Redaction() {}

    /** Removes the secrets from every URL in a text; hides all of a line that mentions credentials. */
    static String text(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("authorization") || lower.contains("password") || lower.contains("cookie")) {
            return "(a line about credentials)";
        }
        return URL_IN_TEXT.matcher(text).replaceAll(match -> Matcher.quoteReplacement(url(match.group())));
    }

    /** Reduces a URL to its scheme, host, path, and the harmless part of its query. */
    static String url(String url) {
        int scheme = url.indexOf("://") + 3;
        // The last '@' in the whole URL, not only in the host part, because passwords are often not percent-encoded.
        int at = url.lastIndexOf('@');
        String user = at >= scheme ? HIDDEN + "@" : "";
        String rest = url.substring(Math.max(scheme, at + 1));
        int mark = rest.indexOf('?');
        String query = mark < 0 ? "" : "?" + query(rest.substring(mark + 1));
        String target = mark < 0 ? rest : rest.substring(0, mark);
        Matcher secret = SECRET_IN_PATH.matcher(target);
        if (secret.find()) {
            target = target.substring(0, secret.start()) + HIDDEN;
        }
        return url.substring(0, scheme) + user + target + query;
    }

    private static String query(String query) {
        return Arrays.stream(query.split("&"))
                .map(pair -> {
                    int equals = pair.indexOf('=');
                    String key = equals < 0 ? "" : pair.substring(0, equals);
                    boolean harmless = HARMLESS.contains(key.toLowerCase(Locale.ROOT))
                            && PLAIN_VALUE.matcher(pair.substring(equals + 1)).matches();
                    return harmless ? pair : hide(key);
                })
                .collect(Collectors.joining("&"));
    }

    private static String hide(String key) {
        return key.isEmpty() ? HIDDEN : key + "=" + HIDDEN;
    }
}
