package dev.wayside.servers;

import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands servers to the constructors of tests: each is started when a test first asks, and lives until all are done. */
public final class SharedServers implements ParameterResolver {
    private static final Map<Class<?>, Supplier<Server>> SERVERS = Map.of(
            InfluxDb.class,
            InfluxDb::new,
            Elasticsearch.class,
            Elasticsearch::new,
            GuardedBroker.class,
            GuardedBroker::new,
            AwsIotLookAlike.class,
            AwsIotLookAlike::new);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return SERVERS.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedServers.class))
                .computeIfAbsent(type, wanted -> SERVERS.get(wanted).get().start());
    }
}
