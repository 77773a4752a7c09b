package dev.wayside.assembly;

import java.util.Properties;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.DefaultPropertiesParser;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.component.properties.PropertiesLookup;

/**
 * Resolves {@code {{key}}} so that the value arrives unchanged. Camel itself inserts a value's text into the URI, the bean
 * or the expression around it and parses the result, so that an ampersand, {@code %25}, quotes, braces or a leading
 * {@code #} would end or change the value.
 *
 * <p>Values of Wayside's settings and of kamelets' parameters are never searched for further placeholders, and an
 * environment variable of the same name does not replace them. An application's other properties are resolved as in Camel.
 */
final class ExactPlaceholders extends DefaultPropertiesParser {
    /** Text without any special meaning in Camel. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:/,@~*;=-]*");

    /** Text that Camel changes even in {@code RAW(…)}. */
    private static final Pattern NOT_FOR_RAW =
            Pattern.compile("^#|%25|\\)&|\\\\|\\{\\{|}}|\\$simple\\{|[\\x00-\\x20\\x7F]|\\p{Cs}");

    /** Camel chooses a constructor by the apparent types of its arguments. */
    private static final Pattern SEEMS_TYPED = Pattern.compile("\\d+|true|false|null");

    private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*\\{\\{[^\"]*)\"");
    private static final Pattern PARAMETER =
            Pattern.compile("\\{\\{.*?}}|([^=&{}]+=)((?:\\{\\{.*?}}|[^&{]|\\{(?!\\{))*)", Pattern.DOTALL);
    private static final Pattern QUERY_ALONE = Pattern.compile("[^=&?{}:/]+=.*", Pattern.DOTALL);
    private static final Pattern WHOLE = Pattern.compile("\\{\\{\\??([^{}:]+)}}");

    /** A reference, or braces in the form of their stand-ins. */
    private static final Pattern PARSED_AGAIN = Pattern.compile("^#|\uFDD1\uFDD1|\uFDD2\uFDD2");

    private static final String CONSTRUCTED = "#class:";
    private static final String RAW = "RAW(";

    /** Special characters of the placeholder parser, and the stand-ins that replace them in a value meanwhile. */
    private static final String SPECIAL = "\\{}'\"@";

    private static final String STAND_INS = "\uFDD0\uFDD1\uFDD2\uFDD3\uFDD4\uFDD5";

    private final UnaryOperator<String> settings;
    private final PropertiesComponent component;
    private final ExactText.Texts texts;

    private ExactPlaceholders(PropertiesComponent component, ExactText.Texts texts, UnaryOperator<String> settings) {
        super(component);
        this.component = component;
        this.texts = texts;
        this.settings = settings;
    }

    /**
     * Installs this way of resolving placeholders in a context.
     *
     * @param settings returns the value of a key, or null if the settings have none
     */
    static void install(CamelContext context, UnaryOperator<String> settings) {
        PropertiesComponent component = (PropertiesComponent) context.getPropertiesComponent();
        component.setPropertiesParser(new ExactPlaceholders(component, new ExactText.Texts(context), settings));
    }

    /** The parameter {@code ofEndpoint}, whether to keep what is unresolved, is true only for (parts of) endpoint URIs. */
    @Override
    public String parseUri(String text, PropertiesLookup lookup, boolean defaults, boolean ofEndpoint, boolean nested) {
        UnaryOperator<String> parse = part -> super.parseUri(part, lookup, defaults, ofEndpoint, nested);
        if (ofEndpoint) {
            return endpoint(text, parse);
        }
        if (text.startsWith(CONSTRUCTED)) {
            return replace(ARGUMENT, text, argument -> '"' + argument(argument.group(1), parse) + '"', parse);
        }
        String value = parse.apply(text);
        if (value == null) {
            return null;
        }
        return isParsedAgain(text, value) ? texts.reference(release(value)) : escapeEnd(value);
    }

    @Override
    public String parseProperty(String key, String value, PropertiesLookup lookup) {
        String parameter = parameter(key.strip());
        if (parameter != null) {
            return hold(texts.dereference(parameter));
        }
        String setting = settings.apply(key.strip());
        return setting == null ? value : hold(setting);
    }

    private String parameter(String key) {
        Properties parameters = component.getLocalProperties();
        return parameters == null ? null : parameters.getProperty(key);
    }

    /** Only a kamelet's parameter, most often of a bean, whose value Camel would interpret once more. */
    private boolean isParsedAgain(String text, String value) {
        Matcher whole = WHOLE.matcher(text);
        return PARSED_AGAIN.matcher(value).find()
                && whole.matches()
                && parameter(whole.group(1).strip()) != null;
    }

    /** Camel passes the whole URI, or the parts before and after the question mark separately. */
    private String endpoint(String text, UnaryOperator<String> parse) {
        if (QUERY_ALONE.matcher(text).matches()) {
            return query(text, parse);
        }
        int mark = text.replace("{{?", "{{ ").indexOf('?');
        return mark < 0
                ? escapeEnd(parse.apply(text))
                : escape(parse.apply(text.substring(0, mark + 1))) + query(text.substring(mark + 1), parse);
    }

    private String query(String text, UnaryOperator<String> parse) {
        return replace(
                PARAMETER,
                text,
                each -> each.group(1) == null
                        ? escape(parse.apply(each.group()))
                        : each.group(1) + parameter(each.group(2), parse),
                parse);
    }

    private String parameter(String written, UnaryOperator<String> parse) {
        if (!written.contains("{{") || written.startsWith("#")) {
            return release(parse.apply(written));
        }
        boolean raw = written.startsWith(RAW) && written.endsWith(")");
        String value = release(parse.apply(raw ? written.substring(RAW.length(), written.length() - 1) : written));
        boolean unresolved = written.startsWith("{{?") && value.equals(written);
        if (unresolved || PLAIN.matcher(value).matches()) {
            return value;
        }
        return NOT_FOR_RAW.matcher(value).find() ? texts.reference(value) : RAW + value + ")";
    }

    private String argument(String written, UnaryOperator<String> parse) {
        String parsed = parse.apply(written);
        String value = parsed == null ? "" : release(parsed);
        if (written.startsWith("#")) {
            return value;
        }
        if (SEEMS_TYPED.matcher(value).matches()) {
            return "#valueAs(" + String.class.getName() + "):" + value;
        }
        return PLAIN.matcher(value).matches() ? value : texts.reference(value);
    }

    private static String replace(
            Pattern part, String text, Function<MatchResult, String> replaced, UnaryOperator<String> between) {
        StringBuilder result = new StringBuilder();
        int end = 0;
        for (Matcher matcher = part.matcher(text); matcher.find(); end = matcher.end()) {
            result.append(escape(between.apply(text.substring(end, matcher.start()))));
            result.append(replaced.apply(matcher.toMatchResult()));
        }
        return result.append(escape(between.apply(text.substring(end)))).toString();
    }

    private static String hold(String value) {
        return exchange(value, SPECIAL, STAND_INS);
    }

    private static String release(String value) {
        return exchange(value, STAND_INS, SPECIAL);
    }

    /** As {@link #release}; doubles a backslash before two braces, because Camel removes one. */
    private static String escape(String value) {
        String backslash = STAND_INS.substring(0, 1);
        return release(value.replaceAll(backslash + "(?=\uFDD1\uFDD1|\uFDD2\uFDD2)", backslash + backslash));
    }

    /** As {@link #escape}; also doubles a backslash among the last two characters, because Camel removes one. */
    private static String escapeEnd(String value) {
        return escape(value.replaceFirst("(?s)(\uFDD0)(?=.?$)", "$1$1"));
    }

    private static String exchange(String value, String from, String to) {
        StringBuilder result = new StringBuilder(value);
        for (int i = 0; i < result.length(); i++) {
            int which = from.indexOf(result.charAt(i));
            if (which >= 0) {
                result.setCharAt(i, to.charAt(which));
            }
        }
        return result.toString();
    }
}
