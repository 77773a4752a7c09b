package dev.wayside.config;

import dev.wayside.failure.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A list of texts separated by commas; an item that contains a comma is in double quotes. */
public final class CommaList {
    private static final Pattern ITEM = Pattern.compile("\\s*(?:\"([^\"]*)\"\\s*(?=,|\\z)|([^,]*))(?:,|\\z)");

    private CommaList() {}

    /**
     * The items, without surrounding spaces; empty ones are omitted.
     *
     * @throws InvalidInputException if a quotation mark is missing
     */
    static List<String> split(String value) {
        List<String> items = new ArrayList<>();
        Matcher matcher = ITEM.matcher(value);
        for (int end = 0; end < value.length() && matcher.find(end); end = matcher.end()) {
            String quoted = matcher.group(1);
            String item = quoted == null ? matcher.group(2).strip() : quoted;
            if (quoted == null && item.startsWith("\"")) {
                throw new InvalidInputException("has a double quote that is not closed before the next comma");
            }
            if (!item.isEmpty()) {
                items.add(item);
            }
        }
        return List.copyOf(items);
    }

    /** The items in the notation of the settings. */
    public static String join(List<String> items) {
        return items.stream()
                .map(item -> item.contains(",") ? '"' + item + '"' : item)
                .collect(Collectors.joining(", "));
    }
}
