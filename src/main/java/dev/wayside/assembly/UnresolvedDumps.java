package dev.wayside.assembly;

import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.spi.ModelToXMLDumper;
import org.apache.camel.support.PluginHelper;

/**
 * Shows routes as XML, which JMX offers, with the placeholders that their files have. Camel would put in the values when
 * asked to, passwords among them.
 */
final class UnresolvedDumps implements ModelToXMLDumper {
    private final ModelToXMLDumper camels;

    private UnresolvedDumps(ModelToXMLDumper camels) {
        this.camels = camels;
    }

    /** Puts it in the place of Camel's own. */
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
