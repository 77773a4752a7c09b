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
 * A flat event as it was kept: a map that reads its JSON only as far as somebody asks, and that Jackson writes as it
 * came. A backlog that drains would otherwise take every event apart into some hundred objects, for a sink that wants
 * two of them, and put it together again.
 *
 * <p>It is changed by {@link #put} and {@link #remove(Object)}, and not through its views. Any number of threads may read
 * it, as the branches of a multicast do; whoever changes it is alone with it.
 */
@JsonSerialize(using = KeptEvent.AsItCame.class)
final class KeptEvent extends AbstractMap<String, Object> {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String json;
    /** Null until somebody wants all of it. */
    private volatile Map<String, Object> parsed;

    private volatile boolean changed;

    /**
     * Keeps the text as it is, and reads it when somebody asks.
     *
     * @param json an object; what is wrong with it shows as an {@link UncheckedIOException} when it is read
     */
    KeptEvent(String json) {
        this.json = json;
    }

    /** Whether all of it can be read. */
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

    /** As Jackson reads it where nothing says what type it should have. */
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
        /** Whether that was enough. */
        boolean takes(String name, Object value);
    }

    /** Writes the JSON that the event was made of, unless it was changed. */
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
