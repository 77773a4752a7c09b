package dev.wayside.validation;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * What a file may refer to besides itself and the other files.
 *
 * @param routes the routes folder
 * @param kamelets the kamelets folder
 * @param values the value of each setting that has one, as routes get it; also those of Camel
 * @param beans the names of the beans that Wayside offers
 * @param programs which components and languages are allowed
 */
public record Surroundings(
        Path routes, Path kamelets, Map<String, String> values, Set<String> beans, ProgramPolicy programs) {
    /** Keeps copies of the collections. */
    public Surroundings {
        values = Map.copyOf(values);
        beans = Set.copyOf(beans);
    }
}
