package dev.wayside.routes;

import java.util.Map;

/**
 * A route to be made from a template in any file, such as the route of a camera.
 *
 * @param route the id of the route
 * @param template the id of its template
 * @param parameters the template's parameters
 */
public record TemplatedRoute(String route, String template, Map<String, Object> parameters) {}
