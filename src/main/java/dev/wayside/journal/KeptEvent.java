package dev.wayside.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A flat event from the journal: a map that parses its JSON only as far as a caller needs it, and that Jackson writes
 * out unchanged. Otherwise, draining a backlog would parse every event into about a hundred objects for a sink that
 * reads two of them, and then serialise it again.
 *
 * <p>It can be changed by {@link #put}, {@link #remove(Object)} and {@link #clear()}, but not through its views. Any
 * number of threads may read it, as the branches of a multicast do. A thread that changes it must be the only one that
 * uses it.
 */
@JsonSerialize(using = KeptEvent.AsItCame.class)
public final class KeptEvent extends AbstractMap<String, Object> {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String json;
    /** Null until all of it is needed. */
    private volatile Map<String, Object> parsed;

    private volatile boolean changed;

    /**
     * Keeps the text and parses it on demand.
     *
     * @param json a JSON object; if it is malformed, reading it throws an {@link UncheckedIOException}
     */
    public KeptEvent(String json) {
        this.json = json;
    }

    /** As the journal has it, whatever was changed since. */
    String json() {
        return json;
    }

    /** Whether all of it can be parsed. */
    boolean isWhole() {
        try {
            return all() != null;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    @Override
    public Object get(Object key) {
        Map<String, Object> all = parsed;
        return all == null ? find(key) : all.get(key);
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null || all().containsKey(key);
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Object> action) {
        Map<String, Object> all = parsed;
        if (all == null) {
            read((key, value) -> {
                action.accept(key, value);
                return false;
            });
        } else {
            all.forEach(action);
        }
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return Collections.unmodifiableMap(all()).entrySet();
    }

    @Override
    public Object put(String key, Object value) {
        Object earlier = all().put(key, value);
        changed = true;
        return earlier;
    }

    @Override
    public Object remove(Object key) {
        Object earlier = all().remove(key);
        changed = true;
        return earlier;
    }

    @Override
    public void clear() {
        parsed = new LinkedHashMap<>();
        changed = true;
    }

    private Map<String, Object> all() {
        Map<String, Object> all = parsed;
        if (all == null) {
            all = new LinkedHashMap<>();
            forEach(all::put);
            parsed = all;
        }
        return all;
    }

    private Object find(Object key) {
        Object[] found = {null};
        read((name, value) -> {
            boolean isIt = name.equals(key);
            if (isIt) {
                found[0] = value;
            }
            return isIt;
        });
        return found[0];
    }

    private void read(Reader reader) {
        try (JsonParser parser = MAPPER.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("a kept event is not a JSON object: " + json);
            }
            boolean enough = false;
            while (!enough && parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                enough = reader.takes(name, value(parser));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value as Jackson reads it when no type is given. */
    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.nextToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> parser.readValueAs(Object.class);
        };
    }

    private interface Reader {
        /** Receives one entry; returns true to stop reading. */
        boolean takes(String name, Object value);
    }

    /** Writes the original JSON, unless the event was changed. */
    static final class AsItCame extends StdSerializer<KeptEvent> {
        private static final long serialVersionUID = 1L;

        AsItCame() {
            super(KeptEvent.class);
        }

        @Override
        public void serialize(KeptEvent event, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (event.changed) {
                provider.defaultSerializeValue(event.parsed, out);
            } else {
                out.writeRawValue(event.json);
            }
        }
    }
}
