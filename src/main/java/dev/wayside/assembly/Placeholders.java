package dev.wayside.assembly;

import java.util.Properties;
import java.util.function.Supplier;
import org.apache.camel.Ordered;
import org.apache.camel.spi.PropertiesSource;

/**
 * The settings as routes and kamelets want them: with every {@code auto} decided, durations in the unit of the parameter
 * that they are given to, and the embedded broker's address, which starts it. Comes before what the application wrote.
 */
final class Placeholders implements PropertiesSource, Ordered {
    private final Properties values;
    private final Supplier<String> brokerUrl;

    Placeholders(Properties values, Supplier<String> brokerUrl) {
        this.values = values;
        this.brokerUrl = brokerUrl;
    }

    @Override
    public String getName() {
        return "wayside";
    }

    @Override
    public String getProperty(String name) {
        return name.equals(EffectiveSettings.MQTT_URL) ? brokerUrl.get() : values.getProperty(name);
    }

    @Override
    public int getOrder() {
        return HIGHEST;
    }
}
