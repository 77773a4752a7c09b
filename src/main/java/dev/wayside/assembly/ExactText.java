package dev.wayside.assembly;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.support.SimpleTypeConverter;

/**
 * A text that Camel hands on without looking into it. Camel builds URIs, lists of constructor arguments and references to
 * beans out of text; a reference to such an object goes through all of these, whatever characters the text has.
 *
 * @param text as its receiver gets it, by Camel's conversion to a String
 */
record ExactText(String text) {
    private static final String REFERENCE = "#valueAs(" + ExactText.class.getName() + "):";

    @Override
    public String toString() {
        return text;
    }

    /** The texts of one context, by the numbers in their references: a text itself may be a secret. */
    static final class Texts {
        private final List<String> texts = new CopyOnWriteArrayList<>();

        /** Teaches a context to read the references. */
        Texts(CamelContext context) {
            SimpleTypeConverter byNumber =
                    new SimpleTypeConverter(false, (type, exchange, number) -> new ExactText(text((String) number)));
            context.getTypeConverterRegistry().addTypeConverter(ExactText.class, String.class, byNumber);
        }

        /** What stands for this text, always the same. */
        synchronized String reference(String text) {
            if (!texts.contains(text)) {
                texts.add(text);
            }
            return REFERENCE + texts.indexOf(text);
        }

        /** The text that a reference stands for; anything else is itself. */
        String dereference(String value) {
            return value.startsWith(REFERENCE) ? text(value.substring(REFERENCE.length())) : value;
        }

        private String text(String number) {
            return texts.get(Integer.parseInt(number));
        }
    }
}
