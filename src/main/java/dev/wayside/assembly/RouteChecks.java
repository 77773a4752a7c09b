package dev.wayside.assembly;

import dev.wayside.config.Home;
import dev.wayside.config.MqttKeys;
import dev.wayside.config.RouteKeys;
import dev.wayside.config.Settings;
import dev.wayside.validation.LazyValidator;
import dev.wayside.validation.ProgramPolicy;
import dev.wayside.validation.RouteValidator;
import dev.wayside.validation.Surroundings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultRegistry;

/** Provides what the check of route files needs to know about this application. */
public final class RouteChecks {
    private RouteChecks() {}

    /**
     * A validator for files that do not run. It opens nothing.
     *
     * @param home where the folders are
     * @param settings with the values of the routes' placeholders
     */
    public static RouteValidator validator(Home home, Settings settings) {
        return new RouteValidator(surroundings(home, settings));
    }

    /** A validator for files that run. */
    static LazyValidator lazy(Home home, Supplier<Settings> settings) {
        return new LazyValidator(() -> surroundings(home, settings.get()), programs(settings.get()));
    }

    static ProgramPolicy programs(Settings settings) {
        return new ProgramPolicy(settings.get(RouteKeys.COMPONENTS));
    }

    private static Surroundings surroundings(Home home, Settings settings) {
        EffectiveSettings effective = new EffectiveSettings(settings, home);
        Map<String, String> values = new HashMap<>();
        // Also Camel's own keys, with which beans can be made.
        settings.asProperties().forEach((key, value) -> values.put((String) key, (String) value));
        effective.placeholders().forEach((key, value) -> values.put((String) key, (String) value));
        // The address of the embedded broker is known only once it listens.
        values.put(MqttKeys.URL.name(), settings.text(MqttKeys.URL));
        return new Surroundings(
                home.find(settings.get(RouteKeys.PATH)),
                home.find(settings.get(RouteKeys.KAMELETS_PATH)),
                values,
                beans(home, settings, effective),
                programs(settings));
    }

    /** The names that the parts have in a registry. Nothing is opened, because no bean is looked up. */
    private static Set<String> beans(Home home, Settings settings, EffectiveSettings effective) {
        NamesOnly registry = new NamesOnly();
        try (Parts parts = new Parts(home, settings, effective)) {
            parts.bindTo(new DefaultCamelContext(registry));
        }
        return registry.names;
    }

    private static final class NamesOnly extends DefaultRegistry {
        private final Set<String> names = new HashSet<>();

        @Override
        public void bind(String id, Class<?> type, Object bean) {
            names.add(id);
            super.bind(id, type, bean);
        }

        @Override
        public void bind(String id, Class<?> type, Supplier<Object> supplier) {
            names.add(id);
            super.bind(id, type, supplier);
        }
    }
}
