package dev.wayside.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Related keys, in the order of the documentation. Each class of keys has one group. */
public final class KeyGroup {
    private final String title;
    private final List<Key<?>> keys = new ArrayList<>();

    KeyGroup(String title) {
        this.title = title;
    }

    /** The heading of the group's table. */
    public String title() {
        return title;
    }

    /** The keys, in order. */
    public List<Key<?>> keys() {
        return Collections.unmodifiableList(keys);
    }

    <T> Key<T> key(String name, Type<T> type, String defaultValue, String meaning) {
        return add(Key.of(name, type, defaultValue, meaning));
    }

    Key<String> secret(String name, String meaning) {
        return add(Key.secret(name, meaning));
    }

    /** An optional file with a secret, to be set instead of the secret itself. */
    Key<String> secretFile(String name, String meaning) {
        return key(name, Type.orEmpty(Type.file("a file")), "", meaning);
    }

    /** An optional file with certificates or a private key. */
    Key<String> pemFile(String name, String meaning) {
        return key(name, Type.orEmpty(Type.file("a file in PEM form")), "", meaning);
    }

    <T> Key<T> add(Key<T> key) {
        keys.add(key);
        return key;
    }
}
