package dev.wayside.validation;

import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Refuses a file whose aliases never end, or which they make too large. Whoever visits its nodes visits an anchor's again for
 * each alias, so a few lines could keep every later check busy for ever.
 */
final class AliasCheck {
    /** Far more than any route file has, and visited in a fraction of a second. */
    private static final int MOST = 100_000;

    private final Path file;
    private final Set<Node> around = Collections.newSetFromMap(new IdentityHashMap<>());
    private int count;

    AliasCheck(Path file) {
        this.file = file;
    }

    void check(YamlNode node) throws MistakeException {
        if (++count > MOST) {
            throw mistake(node, "with its aliases resolved, the file has more than " + MOST + " values");
        }
        if (!around.add(node.node())) {
            throw mistake(node, "it contains an alias of itself and would never end");
        }
        for (YamlNode item : node.items()) {
            check(item);
        }
        for (YamlNode.Field field : node.fields()) {
            check(field.key());
            check(field.value());
        }
        around.remove(node.node());
    }

    private MistakeException mistake(YamlNode where, String reason) {
        return new MistakeException(new Mistake(file, where.line(), where.column(), reason));
    }
}
