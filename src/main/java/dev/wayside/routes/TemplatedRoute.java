package dev.wayside.routes;

import java.util.Map;

/**
 * A route to be made from a template in any file, such as the route of a camera.
 *
 * @param route the id of the route
 * @param template the id of its template
 * @param parameters the template's parameters
 */
public record TemplatedRoute(String route, String template, Map<String, Object> parameters) {
    /**
     * The beginning of the ids of its steps, which differ between the routes of a template: {@code front-} for the route
     * {@code camera-front} of the template {@code camera}.
     */
    String prefixOfSteps() {
        String own = template + "-";
        return (route.startsWith(own) ? route.substring(own.length()) : route) + "-";
    }
}
