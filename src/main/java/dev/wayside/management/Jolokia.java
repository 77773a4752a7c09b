package dev.wayside.management;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.platform.http.plugin.DefaultJolokiaPlatformHttpPlugin;
import org.apache.camel.component.platform.http.plugin.JolokiaPlatformHttpPlugin;
import org.jolokia.server.core.restrictor.RestrictorFactory;
import org.jolokia.server.core.service.api.Restrictor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Camel's Jolokia, started by the first request. It allows what {@code jolokia-access.xml} says, and nothing else. */
final class Jolokia implements Handler<RoutingContext>, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Jolokia.class);
    /** Where Jolokia itself looks for it. */
    private static final String POLICY = "classpath:/jolokia-access.xml";

    private static final String RIGHTS = "dev.wayside:type=security,area=jmx,name=ConsoleRights";

    private final CamelContext context;
    private final MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
    private Handler<RoutingContext> started;

    /** Does nothing until the first request. */
    Jolokia(CamelContext context) {
        this.context = context;
    }

    /** Answers a request; called on a worker thread, because a list of all MBeans takes a while. */
    @Override
    public void handle(RoutingContext request) {
        started().handle(request);
    }

    private synchronized Handler<RoutingContext> started() {
        if (started == null) {
            try {
                register(new ConsoleRights(policy()));
                JolokiaPlatformHttpPlugin plugin = new DefaultJolokiaPlatformHttpPlugin();
                context.addService(plugin);
                started = handlerOf(plugin);
            } catch (Exception e) {
                throw RuntimeCamelException.wrapRuntimeException(e);
            }
        }
        return started;
    }

    @SuppressWarnings("unchecked")
    private static Handler<RoutingContext> handlerOf(JolokiaPlatformHttpPlugin plugin) {
        return (Handler<RoutingContext>) plugin.getHandler();
    }

    /** Without a policy, Jolokia would allow everything. */
    private static Restrictor policy() {
        try {
            Restrictor policy = RestrictorFactory.lookupPolicyRestrictor(POLICY);
            if (policy == null) {
                throw new IllegalStateException("this build of Wayside lacks jolokia-access.xml: build it again");
            }
            return policy;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read jolokia-access.xml", e);
        }
    }

    private void register(ConsoleRights rights) throws JMException {
        close();
        jmx.registerMBean(rights, new ObjectName(RIGHTS));
    }

    /** Removes what it added to JMX; the context stops Jolokia itself. */
    @Override
    public void close() {
        try {
            ObjectName name = new ObjectName(RIGHTS);
            if (jmx.isRegistered(name)) {
                jmx.unregisterMBean(name);
            }
        } catch (JMException e) {
            log.debug("cannot remove {} from JMX", RIGHTS, e);
        }
    }
}
