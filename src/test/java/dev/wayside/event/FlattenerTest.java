package dev.wayside.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FlattenerTest {
    private final Flattener flattener = new Flattener("_");

    @Example
    void flattensAsTheContractShows() {
        Map<String, Object> nested = new LinkedHashMap<>();
        nested.put("device", "pi-01");
        nested.put("count", ordered("car", 2, "person", 0));
        nested.put("objects", List.of(ordered("label", "car", "box", ordered("x", 0.12))));
        assertEquals(
                ordered(
                        "device",
                        "pi-01",
                        "car_count",
                        2,
                        "person_count",
                        0,
                        "objects_0_label",
                        "car",
                        "objects_0_box_x",
                        0.12),
                flattener.flatten(nested));
    }

    @Example
    void leavesOutNullsAndEmptyContainers() {
        Map<String, Object> nested = new HashMap<>();
        nested.put("a", null);
        nested.put("b", List.of());
        nested.put("c", Map.of());
        nested.put("d", Arrays.asList(null, 1));
        assertEquals(Map.of("d_1", 1), flattener.flatten(nested));
    }

    @Example
    void refusesTwoValuesUnderOneName() {
        FlattenException e =
                assertThrows(FlattenException.class, () -> flattener.flatten(ordered("a", ordered("b", 1), "a_b", 2)));
        assertTrue(e.getMessage().contains("'a_b'"), e.getMessage());
        assertThrows(
                FlattenException.class, () -> flattener.flatten(ordered("count", ordered("car", 1), "car_count", 2)));
        assertThrows(
                FlattenException.class,
                () -> flattener.flatten(ordered("count", ordered("traffic light", 1, "traffic_light", 2))));
    }

    @Example
    void refusesWhatJsonCannotRepresent() {
        assertThrows(FlattenException.class, () -> flattener.flatten(Map.of("a", Double.NaN)));
        assertThrows(FlattenException.class, () -> flattener.flatten(Map.of("a", new Object())));
        assertThrows(FlattenException.class, () -> flattener.flatten(Map.of("", 1)));
        Map<String, Object> inItself = new HashMap<>();
        inItself.put("a", inItself);
        assertThrows(FlattenException.class, () -> flattener.flatten(inItself));
    }

    @Property
    void everyPlainValueKeepsItsTypeAndIsFoundUnderItsPath(@ForAll("trees") Map<String, Object> tree) {
        Map<String, Object> expected = new LinkedHashMap<>();
        walk(new ArrayList<>(), tree, expected);
        assertEquals(expected, flattener.flatten(tree));
    }

    @Property
    void theResultHasOneLevelAndFlatteningItAgainChangesNothing(@ForAll("trees") Map<String, Object> tree) {
        Map<String, Object> flat = flattener.flatten(tree);
        assertTrue(flat.values().stream().noneMatch(v -> v == null || v instanceof Map || v instanceof List));
        assertEquals(flat, flattener.flatten(flat));
    }

    /** Trees whose keys have no separator in them, so that no two paths collide. */
    @Provide
    Arbitrary<Map<String, Object>> trees() {
        return maps(3).filter(tree -> !tree.containsKey("count"));
    }

    private Arbitrary<Map<String, Object>> maps(int depth) {
        Arbitrary<String> keys =
                Arbitraries.strings().withChars("abcÄé中🚗 .").ofMinLength(1).ofMaxLength(6);
        return Arbitraries.maps(keys, values(depth)).ofMaxSize(4);
    }

    private Arbitrary<Object> values(int depth) {
        Arbitrary<Object> plain = Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(8).map(Object.class::cast),
                Arbitraries.integers().map(Object.class::cast),
                Arbitraries.doubles().map(Object.class::cast),
                Arbitraries.of(true, false).map(Object.class::cast));
        if (depth == 0) {
            return plain;
        }
        return Arbitraries.oneOf(
                plain.injectNull(0.1),
                Arbitraries.lazy(() -> values(depth - 1).list().ofMaxSize(4).map(Object.class::cast)),
                Arbitraries.lazy(() -> maps(depth - 1).map(Object.class::cast)));
    }

    private static void walk(List<Object> path, Object value, Map<String, Object> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, child) -> walk(with(path, key), child, into));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                walk(with(path, i), list.get(i), into);
            }
        } else if (value != null) {
            into.put(path.stream().map(String::valueOf).collect(Collectors.joining("_")), value);
        }
    }

    private static List<Object> with(List<Object> path, Object last) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(last);
        return Collections.unmodifiableList(longer);
    }

    static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
