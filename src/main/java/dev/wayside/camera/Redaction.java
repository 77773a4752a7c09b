package dev.wayside.camera;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes secrets out of urls and of texts that hold urls. When in doubt it hides too much: of a query only the values of
 * names known to be harmless are kept.
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
    /** What a harmless parameter's value looks like; anything else may hide another parameter. */
    private static final Pattern PLAIN_VALUE = Pattern.compile("[\\w.x-]{0,32}");

    private Redaction() {}

    /** Of a text: every url in it without its secrets, and nothing of a line that speaks of credentials. */
    static String text(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("authorization") || lower.contains("password") || lower.contains("cookie")) {
            return "(a line about credentials)";
        }
        return URL_IN_TEXT.matcher(text).replaceAll(match -> Matcher.quoteReplacement(url(match.group())));
    }

    /** Of a url: the scheme, the host, the path, and the harmless part of the query. */
    static String url(String url) {
        int scheme = url.indexOf("://") + 3;
        // The last '@' of all, not of the host part: passwords are often written without percent-encoding.
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
