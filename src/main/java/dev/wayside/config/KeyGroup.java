package dev.wayside.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Keys that belong together, in the order in which a reader is to see them. Each class of keys makes one. */
public final class KeyGroup {
    private final String title;
    private final List<Key<?>> keys = new ArrayList<>();

    KeyGroup(String title) {
        this.title = title;
    }

    /** As in the heading of its table. */
    public String title() {
        return title;
    }

    /** The keys, in order. */
    public List<Key<?>> keys() {
        return Collections.unmodifiableList(keys);
    }

    <T> Key<T> key(String name, Type<T> type, String standard, String meaning) {
        return add(Key.of(name, type, standard, meaning));
    }

    Key<String> secret(String name, String meaning) {
        return add(Key.secret(name, meaning));
    }

    <T> Key<T> add(Key<T> key) {
        keys.add(key);
        return key;
    }
}
