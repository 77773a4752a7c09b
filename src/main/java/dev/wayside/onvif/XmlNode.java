package dev.wayside.onvif;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of a small XML document from a device that nobody trusts. Names are local ones: devices use the namespaces of
 * several versions.
 */
final class XmlNode {
    private static final String MARK = "\uFEFF";
    private static final int DEEPEST = 32;
    private static final int MOST_ELEMENTS = 4_000;
    private static final int LONGEST_TEXT = 4_096;

    private final String name;
    private final String token;
    private final StringBuilder text = new StringBuilder();
    private final List<XmlNode> children = new ArrayList<>();

    private XmlNode(String name, String token) {
        this.name = name;
        this.token = token;
    }

    /**
     * Parses a document in UTF-8.
     *
     * @throws IOException if it is not well-formed, declares a document type or entities, has more than 4,000 elements, or
     *     is nested deeper than 32
     */
    static XmlNode parse(byte[] document) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        try {
            // The JDK's parser writes to the standard error output about bytes that are not UTF-8, so it gets
            // characters.
            String text = new String(document, StandardCharsets.UTF_8);
            return parse(
                    factory.createXMLStreamReader(new StringReader(text.startsWith(MARK) ? text.substring(1) : text)));
        } catch (XMLStreamException | RuntimeException e) {
            // The JDK's parser reports some damage as a RuntimeException.
            throw new IOException("not well-formed XML", e);
        }
    }

    private static XmlNode parse(XMLStreamReader reader) throws XMLStreamException, IOException {
        XmlNode document = new XmlNode("", null);
        Deque<XmlNode> open = new ArrayDeque<>(List.of(document));
        int elements = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++elements > MOST_ELEMENTS || open.size() > DEEPEST) {
                        throw new IOException("more XML than any camera sends");
                    }
                    XmlNode node = new XmlNode(reader.getLocalName(), reader.getAttributeValue(null, "token"));
                    open.getLast().children.add(node);
                    open.addLast(node);
                }
                case XMLStreamConstants.END_ELEMENT -> open.removeLast();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                    open.getLast().add(reader.getText());
                case XMLStreamConstants.DTD,
                        XMLStreamConstants.ENTITY_REFERENCE,
                        XMLStreamConstants.ENTITY_DECLARATION ->
                    throw new IOException("XML with a document type or entities");
                default -> {
                    // Comments and processing instructions say nothing.
                }
            }
        }
        return document;
    }

    private void add(String more) {
        text.append(more, 0, Math.min(more.length(), LONGEST_TEXT - text.length()));
    }

    /** Its own text without that of its children, at most 4,096 characters, without white space around it. */
    String text() {
        return text.toString().strip();
    }

    /** Its attribute {@code token}; null if it has none. */
    String token() {
        return token;
    }

    /** All elements of this name inside, in document order. */
    Stream<XmlNode> all(String wanted) {
        return children.stream()
                .flatMap(child -> Stream.concat(
                        child.name.equals(wanted) ? Stream.of(child) : Stream.empty(), child.all(wanted)));
    }

    /** The first element of this name inside. */
    Optional<XmlNode> first(String wanted) {
        return all(wanted).findFirst();
    }

    /** The text of the first element of this name inside; empty if there is none. */
    String text(String wanted) {
        return first(wanted).map(XmlNode::text).orElse("");
    }
}
