package dev.wayside.api;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table as comma-separated values (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in
 * front, as OWASP recommends: names of cameras come from users, labels from the files of models.
 */
final class Csv {
    private static final String END_OF_LINE = "\r\n";

    private final StringBuilder text = new StringBuilder();

    /** A table without rows. */
    Csv(List<String> header) {
        row(header);
    }

    void row(List<?> values) {
        text.append(values.stream().map(Csv::field).collect(Collectors.joining(",")))
                .append(END_OF_LINE);
    }

    String text() {
        return text.toString();
    }

    private static String field(Object value) {
        String field = value.toString();
        if (!(value instanceof Number) && field.matches("(?s)[=+\\-@\\t\\r\\n].*")) {
            field = "'" + field;
        }
        return field.matches("(?s).*[\",\\r\\n].*") ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }
}
