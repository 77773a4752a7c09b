package dev.wayside.assembly;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.spi.ModelToXMLDumper;
import org.apache.camel.support.PluginHelper;

/**
 * Keeps placeholders unresolved when JMX dumps routes as XML. On request, Camel would insert the values, including
 * passwords. The steps of a route from a template or a kamelet get the ids that JMX has for them, which begin with a prefix;
 * otherwise Hawtio would not find their counters.
 */
final class UnresolvedDumps implements ModelToXMLDumper {
    private static final Pattern PREFIXED_ROUTE =
            Pattern.compile("<route\\b(?:[^\">]|\"[^\"]*\")*? nodePrefixId=\"([^\"]+)\".*?</route>", Pattern.DOTALL);
    /** Camel writes the id first. */
    private static final Pattern STEP_ID = Pattern.compile("(<(?!route )\\w+ id=\")");

    private final ModelToXMLDumper camels;

    private UnresolvedDumps(ModelToXMLDumper camels) {
        this.camels = camels;
    }

    /** Replaces Camel's own dumper in this context. */
    static void in(CamelContext camel) {
        ModelToXMLDumper own = PluginHelper.getModelToXMLDumper(camel);
        camel.getCamelContextExtension().addContextPlugin(ModelToXMLDumper.class, new UnresolvedDumps(own));
    }

    @Override
    public String dumpModelAsXml(CamelContext context, NamedNode definition) throws Exception {
        return withIdsOfJmx(camels.dumpModelAsXml(context, definition));
    }

    @Override
    public String dumpModelAsXml(
            CamelContext context,
            NamedNode definition,
            boolean resolvePlaceholders,
            boolean generatedIds,
            boolean sourceLocation)
            throws Exception {
        return withIdsOfJmx(camels.dumpModelAsXml(context, definition, false, generatedIds, sourceLocation));
    }

    private static String withIdsOfJmx(String xml) {
        return PREFIXED_ROUTE
                .matcher(xml)
                .replaceAll(route -> Matcher.quoteReplacement(
                        STEP_ID.matcher(route.group()).replaceAll("$1" + Matcher.quoteReplacement(route.group(1)))));
    }

    @Override
    public String dumpBeansAsXml(CamelContext context, List<Object> beans) throws Exception {
        return camels.dumpBeansAsXml(context, beans);
    }

    @Override
    public String dumpDataFormatsAsXml(CamelContext context, Map<String, Object> formats) throws Exception {
        return camels.dumpDataFormatsAsXml(context, formats);
    }
}
