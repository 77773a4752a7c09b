package dev.wayside.routes;

import dev.wayside.validation.DurationText;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.TypeConverterExists;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.SimpleTypeConverter;
import org.apache.camel.util.TimeUtils;

/**
 * Refuses options whose value is not a duration. Camel takes {@code period: often} for zero and starts the route.
 */
public final class StrictDurations {
    private StrictDurations() {}

    /** Replaces Camel's own conversion in a context. */
    public static void install(CamelContext context) {
        TypeConverterRegistry registry = context.getTypeConverterRegistry();
        TypeConverterExists usual = registry.getTypeConverterExists();
        registry.setTypeConverterExists(TypeConverterExists.Override);
        registry.addTypeConverter(
                Duration.class,
                String.class,
                new SimpleTypeConverter(false, (type, exchange, value) -> convert(((String) value).strip())));
        registry.setTypeConverterExists(usual);
    }

    private static Duration convert(String text) {
        if (!DurationText.isValid(text)) {
            throw new IllegalArgumentException("it must be " + DurationText.ALLOWED);
        }
        return text.regionMatches(true, 0, "P", 0, 1)
                ? Duration.parse(text)
                : Duration.ofMillis(TimeUtils.toMilliSeconds(text));
    }
}
