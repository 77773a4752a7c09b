package dev.wayside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** {@code docs/dependencies.md} names what {@code pom.xml} does, no more and no less. */
class DependenciesPageTest {
    private static final XPath XPATH = XPathFactory.newInstance().newXPath();
    private static final Pattern COORDINATES = Pattern.compile("`([\\w.-]+:[\\w.-]+)`");
    private static final Pattern PROPERTY = Pattern.compile("`([\\w.-]+\\.version)`");
    private static final String DECLARED =
            """
            /project/dependencies/dependency
            | /project/dependencyManagement/dependencies/dependency
            | /project/build/plugins/plugin
            | /project/profiles/profile/dependencies/dependency
            | /project/profiles/profile/build/plugins/plugin""";
    /** Laid beside the tests by a plugin: the server itself, for all that it is made of. */
    private static final String SERVER = "//artifactItem[artifactId='elasticsearch']";

    private static Document pom;
    /** The rows of all tables but those of the heads, each as its cells. */
    private static List<List<String>> rows;

    @BeforeAll
    static void read() throws Exception {
        pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse("pom.xml");
        rows = Files.readAllLines(Path.of("docs", "dependencies.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> List.of(line.substring(1).split("\\|", -1)))
                .toList();
    }

    @Test
    void thePageHasEachDependencyAndPluginOnceAndNoneThatIsGone() throws Exception {
        List<String> named = rows.stream()
                .flatMap(row -> found(COORDINATES, row.get(0)))
                .sorted()
                .toList();
        TreeSet<String> declared = nodes(DECLARED + " | " + SERVER)
                .map(node -> groupId(node) + ":" + value(node, "artifactId"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(String.join("\n", declared), String.join("\n", named));
    }

    @Test
    void thePageHasEachVersionPropertyAndNoneThatIsGone() throws Exception {
        TreeSet<String> named = rows.stream()
                .flatMap(row -> found(PROPERTY, String.join("|", row)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(versionProperties(), named);
    }

    @Test
    void eachRowSaysWhatForAndUnderWhichLicence() {
        List<List<String>> libraries = rows.stream()
                .filter(row -> found(COORDINATES, row.get(0)).findAny().isPresent())
                .toList();
        assertTrue(libraries.size() > 30, () -> "only " + libraries.size() + " rows");
        for (List<String> row : libraries) {
            assertTrue(row.size() > 4, () -> "cells missing: " + row);
            assertTrue(row.get(1).length() > 10, () -> "what is it for? " + row);
            assertTrue(row.get(2).matches(".*(Apache|MIT|EPL|LGPL|MPL|BSD|Elastic).*"), () -> "which licence? " + row);
            assertTrue(found(PROPERTY, row.get(3)).findAny().isPresent(), () -> "which property? " + row);
        }
    }

    @Test
    void theVersionOfWhatIsHeldBackIsTheOneInUse() throws Exception {
        Pattern held = Pattern.compile("`([\\w.-]+\\.version)` (\\d\\S*?)(?=[, ]|$)");
        List<String> wrong = new ArrayList<>();
        for (List<String> row : rows) {
            held.matcher(row.get(0)).results().forEach(match -> {
                String used = text("/project/properties/*[name()='" + match.group(1) + "']");
                if (!used.equals(match.group(2))) {
                    wrong.add(match.group(1) + " is " + used + ", the page says " + match.group(2));
                }
            });
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void aVersionIsAProperty() throws Exception {
        List<String> literal = nodes("//dependencies/dependency/version | //plugins/plugin/version")
                .map(Node::getTextContent)
                .filter(version -> !version.startsWith("${"))
                .toList();
        assertEquals(List.of(), literal, "without a property");
    }

    private static TreeSet<String> versionProperties() throws XPathExpressionException {
        return nodes("/project/properties/*")
                .map(Node::getNodeName)
                .filter(name -> name.endsWith(".version"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1));
    }

    /** Maven's own when a plugin names none. */
    private static String groupId(Node node) {
        String groupId = value(node, "groupId");
        return groupId.isEmpty() ? "org.apache.maven.plugins" : groupId;
    }

    private static String value(Node node, String child) {
        try {
            return XPATH.evaluate(child, node);
        } catch (XPathExpressionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(String path) {
        return value(pom, path);
    }

    private static Stream<Node> nodes(String path) throws XPathExpressionException {
        NodeList found = (NodeList) XPATH.evaluate(path, pom, XPathConstants.NODESET);
        return IntStream.range(0, found.getLength()).mapToObj(found::item);
    }
}
