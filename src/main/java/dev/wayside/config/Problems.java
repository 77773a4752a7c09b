package dev.wayside.config;

import dev.wayside.config.Settings.Setting;
import dev.wayside.failure.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/** The problems found so far, one sentence each. */
final class Problems {
    private final List<String> sentences = new ArrayList<>();

    void add(String sentence) {
        sentences.add(sentence);
    }

    void check(Key<?> key, Setting setting) {
        try {
            if (!key.type().accepts(setting.value())) {
                key.type().read(setting.value());
            }
        } catch (InvalidInputException e) {
            add(sentence(key, setting, e.getMessage()));
        }
    }

    private static String sentence(Key<?> key, Setting setting, String why) {
        String value = setting.value();
        String bare = value.length() < 2 ? value : value.substring(1, value.length() - 1);
        if (Type.isQuoted(value) && key.type().accepts(bare)) {
            return key + " in " + setting.origin() + " is in quotation marks; remove them.";
        }
        if (!why.startsWith("must be ")) {
            return key + " in " + setting.origin() + " " + why + ".";
        }
        String shown = key.secret()
                ? "(secret)"
                : "'" + Printable.text(key.type().shown().apply(value)) + "'";
        String allowed = key.type().allowed().replace("`", "");
        return key + " is " + shown + " in " + setting.origin() + "; it must be " + allowed + ".";
    }

    void throwIfAny() {
        if (!sentences.isEmpty()) {
            throw new SettingsException(sentences);
        }
    }
}
