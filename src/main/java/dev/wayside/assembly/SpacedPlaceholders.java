package dev.wayside.assembly;

import org.apache.camel.CamelContext;
import org.apache.camel.Ordered;
import org.apache.camel.spi.PropertiesSource;

/** Resolves {@code {{ watch.period }}}, with spaces, which Camel would treat as part of the name. */
final class SpacedPlaceholders implements PropertiesSource, Ordered {
    private final CamelContext context;

    SpacedPlaceholders(CamelContext context) {
        this.context = context;
    }

    @Override
    public String getName() {
        return "wayside-spaces";
    }

    @Override
    public String getProperty(String name) {
        String stripped = name.strip();
        return stripped.equals(name)
                ? null
                : context.getPropertiesComponent().resolveProperty(stripped).orElse(null);
    }

    @Override
    public int getOrder() {
        return LOWEST;
    }
}
