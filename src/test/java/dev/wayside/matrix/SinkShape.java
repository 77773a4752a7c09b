package dev.wayside.matrix;

import java.util.Set;
import java.util.function.UnaryOperator;

/** What a user may make of the routes of the sinks. */
enum SinkShape {
    AS_SHIPPED(steps -> steps),
    SPLIT(steps -> "        - split:\n            simple: \"${body}\"\n            steps:\n" + steps.indent(8)),
    MULTICAST(steps -> "        - multicast:\n            steps:\n" + steps.indent(8)
            + "                - setBody: {constant: another branch}\n"),
    /** The second takes all events a second time, and has nothing twice. */
    TWO_SINKS(steps -> steps + steps.replaceFirst("id: (\\S+)", "id: second-$1"));

    private static final Set<String> SINKS = Set.of("mqtt.yaml", "influxdb.yaml", "elasticsearch.yaml", "aws-iot.yaml");
    private static final String STEPS = "      steps:\n";

    private final UnaryOperator<String> reshape;

    SinkShape(UnaryOperator<String> reshape) {
        this.reshape = reshape;
    }

    /** The route of a file in this shape; other routes than those of the sinks stay as they are. */
    String of(String file, String route) {
        if (!SINKS.contains(file)) {
            return route;
        }
        int steps = route.indexOf(STEPS) + STEPS.length();
        return route.substring(0, steps) + reshape.apply(route.substring(steps));
    }
}
