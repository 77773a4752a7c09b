package dev.wayside.assembly;

import dev.wayside.config.MqttKeys;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The settings as routes and kamelets want them: with every {@code auto} decided, durations in the unit of the parameter
 * that they are given to, and the embedded broker's address, which starts it.
 */
record Placeholders(Properties values, Supplier<String> brokerUrl) implements UnaryOperator<String> {
    /** The value of a key, or null where the settings have none. */
    @Override
    public String apply(String key) {
        return key.equals(MqttKeys.URL.name()) ? brokerUrl.get() : values.getProperty(key);
    }
}
