package dev.wayside.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Related keys, in the order of the documentation. Each class of keys has one group. */
public final class KeyGroup {
    private final String title;
    private final boolean changeable;
    private final List<Key<?>> keys = new ArrayList<>();

    /** A group whose keys are read at the start, except those that are declared as changeable. */
    KeyGroup(String title) {
        this(title, false);
    }

    private KeyGroup(String title, boolean changeable) {
        this.title = title;
        this.changeable = changeable;
    }

    /** A group whose keys only routes use, so that a new value takes effect when these routes are restarted. */
    static KeyGroup ofRoutes(String title) {
        return new KeyGroup(title, true);
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

    /** A key whose new value takes effect while Wayside runs. */
    <T> Key<T> changeable(String name, Type<T> type, String defaultValue, String meaning) {
        return addAsItIs(Key.of(name, type, defaultValue, meaning).whileRunning());
    }

    <T> Key<T> add(Key<T> key) {
        return addAsItIs(changeable ? key.whileRunning() : key);
    }

    /** Adds a key that is changeable only if it was declared so, whatever the others of the group are. */
    <T> Key<T> addAsItIs(Key<T> key) {
        keys.add(key);
        return key;
    }
}
