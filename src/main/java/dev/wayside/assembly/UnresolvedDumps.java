package dev.wayside.assembly;

import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.spi.ModelToXMLDumper;
import org.apache.camel.support.PluginHelper;

/**
 * Keeps placeholders unresolved when JMX dumps routes as XML. On request, Camel would insert the values, including
 * passwords.
 */
final class UnresolvedDumps implements ModelToXMLDumper {
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
        return camels.dumpModelAsXml(context, definition);
    }

    @Override
    public String dumpModelAsXml(
            CamelContext context,
            NamedNode definition,
            boolean resolvePlaceholders,
            boolean generatedIds,
            boolean sourceLocation)
            throws Exception {
        return camels.dumpModelAsXml(context, definition, false, generatedIds, sourceLocation);
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
