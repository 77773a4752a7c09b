package dev.wayside.assembly;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.support.SimpleTypeConverter;

/**
 * A text that Camel passes on without parsing it. Camel builds URIs, lists of constructor arguments and references to beans
 * from text. A reference to an object of this class passes through all of these, whatever characters the text has.
 *
 * @param text what the receiver gets when Camel converts the object to a String
 */
record ExactText(String text) {
    private static final String REFERENCE = "#valueAs(" + ExactText.class.getName() + "):";

    @Override
    public String toString() {
        return text;
    }

    /** The texts of one context. A reference has a number and not the text, which could be a secret. */
    static final class Texts {
        private final List<String> texts = new CopyOnWriteArrayList<>();

        /** Adds the conversion of references to a context. */
        Texts(CamelContext context) {
            SimpleTypeConverter byNumber =
                    new SimpleTypeConverter(false, (type, exchange, number) -> new ExactText(text((String) number)));
            context.getTypeConverterRegistry().addTypeConverter(ExactText.class, String.class, byNumber);
        }

        /** The reference to this text, always the same. */
        synchronized String reference(String text) {
            if (!texts.contains(text)) {
                texts.add(text);
            }
            return REFERENCE + texts.indexOf(text);
        }

        /** The text of a reference; any other value is returned unchanged. */
        String dereference(String value) {
            return value.startsWith(REFERENCE) ? text(value.substring(REFERENCE.length())) : value;
        }

        private String text(String number) {
            return texts.get(Integer.parseInt(number));
        }
    }
}
