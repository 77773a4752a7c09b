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
 * Adds what Wayside's kamelets and routes need to any Camel application with Wayside's jar on its class path:
 *
 * <pre>
 * camel.main.configurationClasses = dev.wayside.assembly.WaysideConfiguration
 * </pre>
 *
 * <p>Wayside's settings come from the application's own properties, with Wayside's defaults. An invalid value prevents the
 * start, with the same message as in {@code ./wayside run}. The beans that routes use, such as {@code journal},
 * {@code cameras} and {@code detector}, are opened on first use and closed when the context has stopped.
 */
public final class WaysideConfiguration implements CamelConfiguration {
    /** Camel creates the instance from the class name. */
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
            public void onContextStarted(CamelContext started) {
                parts.started();
            }

            @Override
            public void onContextStopped(CamelContext stopped) {
                parts.close();
            }
        });
    }

    /** The value as Camel resolves it, or unresolved if it only looks as if it contained a placeholder. */
    private static Optional<String> value(PropertiesComponent properties, String key) {
        return properties
                .resolveProperty(key)
                .or(() -> Optional.ofNullable(
                        properties.loadProperties(key::equals).getProperty(key)));
    }
}
