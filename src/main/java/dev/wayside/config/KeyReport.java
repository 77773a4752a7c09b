package dev.wayside.config;

import dev.wayside.config.Settings.Setting;
import dev.wayside.failure.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Describes keys for a terminal, in 100 columns. It shows no secrets. */
public final class KeyReport {
    private static final int WIDTH = 100;
    private static final int NAMES = 32;
    private static final String OTHERS = "Keys of single cameras and of your routes";

    private final Settings settings;

    /** Describes the keys of these settings. */
    public KeyReport(Settings settings) {
        this.settings = settings;
    }

    /** All keys, in the order of {@link Settings#keys}. */
    public List<Key<?>> all() {
        return List.copyOf(settings.keys().values());
    }

    /**
     * The key of that name, or the keys whose names begin with it and a dot.
     *
     * @throws InvalidInputException if there is none; the message suggests the nearest name
     */
    public List<Key<?>> find(String wanted) {
        String prefix = wanted.endsWith(".") ? wanted : wanted + ".";
        List<Key<?>> found = all().stream()
                .filter(key -> key.name().equals(wanted) || key.name().startsWith(prefix))
                .toList();
        if (found.isEmpty()) {
            throw new InvalidInputException("There is no key " + wanted
                    + Suggestion.nearest(wanted, settings.keys().keySet()) + " ./wayside settings lists them all.");
        }
        return found;
    }

    /** The keys by group, each with its value, its origin, its meaning, its default and the allowed values. */
    public List<String> lines(List<Key<?>> keys) {
        List<String> lines = new ArrayList<>();
        for (KeyGroup group : Keys.groups()) {
            add(
                    lines,
                    group.title(),
                    keys.stream().filter(group.keys()::contains).toList());
        }
        Set<String> known = Keys.known().keySet();
        add(
                lines,
                OTHERS,
                keys.stream().filter(key -> !known.contains(key.name())).toList());
        return lines;
    }

    private void add(List<String> lines, String title, List<Key<?>> keys) {
        if (keys.isEmpty()) {
            return;
        }
        lines.add(lines.isEmpty() ? title : System.lineSeparator() + title);
        for (Key<?> key : keys) {
            Setting setting = settings.setting(key);
            List<String> text = new ArrayList<>(wrapped(shown(key, setting.value()) + "   (" + setting.origin() + ")"));
            text.addAll(wrapped(sentence(plain(key.meaning()))));
            text.addAll(wrapped("Default: " + shown(key, key.defaultValue()) + ". Allowed: "
                    + plain(key.type().allowed()) + "." + (key.changeable() ? " Takes effect when saved." : "")));
            for (int i = 0; i < text.size(); i++) {
                lines.add(("  %-" + NAMES + "s%s").formatted(i == 0 ? key.name() : "", text.get(i)));
            }
        }
    }

    private static String shown(Key<?> key, String value) {
        if (value.isEmpty()) {
            return "empty";
        }
        return key.secret() ? "(secret)" : Printable.text(key.type().shown().apply(value));
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    /** Removes Markdown links and code marks. */
    private static String plain(String markdown) {
        return markdown.replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1").replace("`", "");
    }

    /** Wraps at spaces. A word that is too long is not broken, so that it can be copied. */
    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split("(?<=\\S) (?=\\S)")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH - NAMES - 2) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
