package dev.wayside.routes;

import java.util.Map;

/**
 * A route that is made of a template whichever file defines it, such as the route of a camera.
 *
 * @param route the id of the route
 * @param template the id of its template
 * @param parameters what the template wants to know
 */
public record TemplateUse(String route, String template, Map<String, Object> parameters) {}
