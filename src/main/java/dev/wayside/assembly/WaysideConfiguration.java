package dev.wayside.assembly;

import dev.wayside.config.Home;
import dev.wayside.config.Settings;
import dev.wayside.config.SettingsLoader;
import java.util.Optional;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Makes Wayside's kamelets and routes run in any Camel application that has Wayside's jar on its class path:
 *
 * <pre>
 * camel.main.configurationClasses = dev.wayside.assembly.WaysideConfiguration
 * </pre>
 *
 * <p>Wayside's settings come from the application's own properties, with Wayside's defaults; a bad value stops the start
 * with the same sentence as {@code ./wayside run}. What the routes name, {@code journal}, {@code cameras},
 * {@code detector} and so on, is opened when a route asks for it, and closed when the context has stopped.
 */
public final class WaysideConfiguration implements CamelConfiguration {
    /** Made by Camel, which is given the class's name. */
    public WaysideConfiguration() {}

    @Override
    public void configure(CamelContext context) {
        Home home = Home.current();
        PropertiesComponent properties = context.getPropertiesComponent();
        Settings settings = SettingsLoader.load(home, key -> value(properties, key), "the application's properties");
        EffectiveSettings effective = new EffectiveSettings(settings, home);
        Parts parts = new Parts(home, settings, effective);
        parts.bindTo(context);
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopped(CamelContext stopped) {
                parts.close();
            }
        });
    }

    /** As Camel reads it, but for a value that only looks as if it had a placeholder in it. */
    private static Optional<String> value(PropertiesComponent properties, String key) {
        return properties
                .resolveProperty(key)
                .or(() -> Optional.ofNullable(
                        properties.loadProperties(key::equals).getProperty(key)));
    }
}
