package dev.wayside.servers;

import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands servers to the constructors of tests: each is started when a test first asks, and lives until all are done. */
public final class SharedServers implements BeforeAllCallback, ParameterResolver {
    private final Map<Class<?>, Supplier<Server>> servers;

    /** As {@code @ExtendWith} makes it. */
    public SharedServers() {
        this(Map.of(
                InfluxDb.class,
                InfluxDb::new,
                Elasticsearch.class,
                Elasticsearch::new,
                GuardedBroker.class,
                GuardedBroker::new,
                AwsIotLookAlike.class,
                AwsIotLookAlike::new));
    }

    SharedServers(Map<Class<?>, Supplier<Server>> servers) {
        this.servers = servers;
    }

    /** Here already, where a server that is missing skips the tests; as a parameter it would fail them. */
    @Override
    public void beforeAll(ExtensionContext context) {
        Stream.of(context.getRequiredTestClass().getDeclaredConstructors())
                .flatMap(constructor -> Stream.of(constructor.getParameterTypes()))
                .filter(servers::containsKey)
                .forEach(type -> running(type, context));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return servers.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return running(parameter.getParameter().getType(), context);
    }

    private Server running(Class<?> type, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedServers.class))
                .computeIfAbsent(type, wanted -> servers.get(wanted).get().start(), Server.class);
    }
}
