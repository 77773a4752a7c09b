package dev.wayside.assembly;

import dev.wayside.config.MqttKeys;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The settings as routes and kamelets need them: with every {@code auto} resolved, durations in the unit of their
 * parameter, and the embedded broker's address. Reading the address starts the broker.
 *
 * @param values supplies the settings as they are now
 * @param brokerUrl supplies the address of the embedded broker
 */
record Placeholders(Supplier<Properties> values, Supplier<String> brokerUrl) implements UnaryOperator<String> {
    /** The value of a key, or null if the settings have none. */
    @Override
    public String apply(String key) {
        return key.equals(MqttKeys.URL.name()) ? brokerUrl.get() : values.get().getProperty(key);
    }
}
