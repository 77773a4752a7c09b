package dev.wayside.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ManagementAgent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long each step of the routes takes, as Camel measures it for JMX: in whole milliseconds, including the steps inside.
 * A list of {@code route}, {@code step}, {@code exchanges}, {@code failed}, {@code mean_ms}, {@code max_ms} and {@code
 * last_ms}; empty if JMX is off.
 */
record StepTimes(CamelContext context) implements Supplier<List<Map<String, Object>>> {
    private static final Logger log = LoggerFactory.getLogger(StepTimes.class);

    /** The values' names in the answer, by those of the attributes. */
    private static final Map<String, String> ATTRIBUTES = new LinkedHashMap<>();

    static {
        ATTRIBUTES.put("RouteId", "route");
        ATTRIBUTES.put("ProcessorId", "step");
        ATTRIBUTES.put("ExchangesTotal", "exchanges");
        ATTRIBUTES.put("ExchangesFailed", "failed");
        ATTRIBUTES.put("MeanProcessingTime", "mean_ms");
        ATTRIBUTES.put("MaxProcessingTime", "max_ms");
        ATTRIBUTES.put("LastProcessingTime", "last_ms");
    }

    @Override
    public List<Map<String, Object>> get() {
        ManagementAgent agent = context.getManagementStrategy().getManagementAgent();
        if (agent == null || agent.getMBeanServer() == null) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        MBeanServer server = agent.getMBeanServer();
        try {
            for (ObjectName name :
                    server.queryNames(new ObjectName(agent.getMBeanObjectDomainName() + ":type=processors,*"), null)) {
                read(server, name).ifMine(context.getName(), steps);
            }
        } catch (JMException e) {
            log.debug("the steps cannot be read from JMX", e);
        }
        return steps.stream()
                .sorted(Comparator.comparing(Step::route).thenComparing(Step::index))
                .map(Step::plain)
                .toList();
    }

    private record Step(Map<String, Object> attributes) {
        void ifMine(String camel, List<Step> steps) {
            if (camel.equals(attributes.get("CamelId")) && attributes.get("ExchangesTotal") instanceof Long) {
                steps.add(this);
            }
        }

        String route() {
            return String.valueOf(attributes.get("RouteId"));
        }

        int index() {
            return attributes.get("Index") instanceof Integer index ? index : 0;
        }

        Map<String, Object> plain() {
            Map<String, Object> plain = new LinkedHashMap<>();
            ATTRIBUTES.forEach((attribute, name) -> plain.put(name, attributes.get(attribute)));
            return plain;
        }
    }

    /** Without values if the step was removed meanwhile. */
    private static Step read(MBeanServer server, ObjectName name) throws JMException {
        List<String> wanted = new ArrayList<>(ATTRIBUTES.keySet());
        wanted.addAll(List.of("CamelId", "Index"));
        Map<String, Object> values = new HashMap<>();
        if (server.isRegistered(name)) {
            for (Attribute attribute :
                    server.getAttributes(name, wanted.toArray(String[]::new)).asList()) {
                values.put(attribute.getName(), attribute.getValue());
            }
        }
        return new Step(values);
    }
}
