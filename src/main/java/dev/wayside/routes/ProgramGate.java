package dev.wayside.routes;

import dev.wayside.validation.ProgramPolicy;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.spi.Language;
import org.apache.camel.spi.LanguageResolver;
import org.apache.camel.support.PluginHelper;

/**
 * Keeps components and languages that run programs out of a context unless they are allowed. It stands where Camel looks
 * them up, so that it also sees those whose names are computed for a message.
 */
public final class ProgramGate implements ComponentResolver, LanguageResolver {
    private final ProgramPolicy policy;
    private final ComponentResolver components;
    private final LanguageResolver languages;

    private ProgramGate(ProgramPolicy policy, ComponentResolver components, LanguageResolver languages) {
        this.policy = policy;
        this.components = components;
        this.languages = languages;
    }

    /** Puts a gate into this context. */
    public static void install(CamelContext context, ProgramPolicy policy) {
        var plugins = context.getCamelContextExtension();
        ProgramGate gate = new ProgramGate(
                policy, PluginHelper.getComponentResolver(plugins), PluginHelper.getLanguageResolver(plugins));
        plugins.addContextPlugin(ComponentResolver.class, gate);
        plugins.addContextPlugin(LanguageResolver.class, gate);
    }

    @Override
    public Component resolveComponent(String name, CamelContext context) throws Exception {
        policy.refusalOfComponent(name).ifPresent(ProgramGate::refuse);
        return components.resolveComponent(name, context);
    }

    @Override
    public Language resolveLanguage(String name, CamelContext context) throws NoSuchLanguageException {
        policy.refusalOfLanguage(name).ifPresent(ProgramGate::refuse);
        return languages.resolveLanguage(name, context);
    }

    private static void refuse(String reason) {
        throw new RefusedProgramException(reason);
    }

    /** A route wants to use a component or language that may run programs. */
    static final class RefusedProgramException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedProgramException(String reason) {
            super(reason);
        }
    }
}
