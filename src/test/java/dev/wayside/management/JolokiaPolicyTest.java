package dev.wayside.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.jolokia.server.core.restrictor.RestrictorFactory;
import org.jolokia.server.core.service.api.Restrictor;
import org.jolokia.server.core.util.RequestType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code jolokia-access.xml} allows, by Jolokia's own reading of it. */
class JolokiaPolicyTest {
    private static final String CONTEXT = "org.apache.camel:context=wayside,type=context,name=\"wayside\"";
    private static final String ROUTE = "org.apache.camel:context=wayside,type=routes,name=\"mqtt\"";

    private static Restrictor policy;

    @BeforeAll
    static void read() throws Exception {
        policy = RestrictorFactory.lookupPolicyRestrictor("classpath:/jolokia-access.xml");
    }

    @ParameterizedTest
    @EnumSource(RequestType.class)
    void onlyAListASearchAndTheVersionAreAllowedForEverything(RequestType type) {
        List<RequestType> allowed = List.of(RequestType.LIST, RequestType.SEARCH, RequestType.VERSION);
        assertEquals(allowed.contains(type), policy.isTypeAllowed(type));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    type=routes,name="mqtt"      | start()
                    type=routes,name="mqtt"      | stop()
                    type=routes,name="mqtt"      | suspend()
                    type=routes,name="mqtt"      | resume()
                    type=routes,name="mqtt"      | dumpRouteAsXml()
                    type=context,name="wayside"  | dumpRoutesAsXml()
                    type=context,name="wayside"  | dumpRoutesStatsAsXml(boolean,boolean)
                    type=processors,name="show"  | dumpStatsAsXml(boolean)
                    type=services,name=DefaultInflightRepository | browse()
                    """)
    void camelIsReadAndItsRoutesAreStartedAndStopped(String mbean, String operation) throws Exception {
        assertTrue(policy.isOperationAllowed(new ObjectName("org.apache.camel:context=wayside," + mbean), operation));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    type=context,name="wayside"  | stop()
                    type=context,name="wayside"  | suspend()
                    type=context,name="wayside"  | sendBody(java.lang.String,java.lang.Object)
                    type=context,name="wayside"  | sendStringBody
                    type=context,name="wayside"  | requestBody(java.lang.String,java.lang.Object)
                    type=context,name="wayside"  | createEndpoint(java.lang.String)
                    type=context,name="wayside"  | addOrUpdateRoutesFromXml(java.lang.String)
                    type=context,name="wayside"  | dumpRoutesAsXml(boolean)
                    type=context,name="wayside"  | dumpRoutesAsXml(boolean,boolean)
                    type=context,name="wayside"  | dumpRoutesAsYaml()
                    type=context,name="wayside"  | setGlobalOption(java.lang.String,java.lang.String)
                    type=context,name="wayside"  | reset(boolean)
                    type=routes,name="mqtt"      | remove()
                    type=routes,name="mqtt"      | updateRouteFromXml(java.lang.String)
                    type=routes,name="mqtt"      | stop(long)
                    type=routes,name="mqtt"      | stopAndFail()
                    type=routes,name="mqtt"      | restart()
                    type=processors,name="show"  | stop()
                    type=processors,name="show"  | disable()
                    type=processors,name="show"  | setExpression(java.lang.String)
                    type=services,name=DefaultRestRegistry | stop()
                    type=services,name=GlobalVariableRepository | variables()
                    type=services,name=DefaultInflightRepository | interrupt(java.lang.String)
                    type=components,name="http"  | verify(java.lang.String,java.util.Map)
                    type=endpoints,name="seda://x" | browseAllMessagesAsXml(java.lang.Boolean)
                    type=tracer,name=BacklogTracer | dumpAllTracedMessagesAsXml()
                    type=unheardof,name=x        | anything()
                    """)
    void nothingElseOfCamelIsInvoked(String mbean, String operation) throws Exception {
        assertFalse(policy.isOperationAllowed(new ObjectName("org.apache.camel:context=wayside," + mbean), operation));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    com.sun.management:type=HotSpotDiagnostic | dumpHeap
                    com.sun.management:type=DiagnosticCommand | vmSystemProperties
                    jdk.management.jfr:type=FlightRecorder    | newRecording()
                    java.lang:type=Memory                     | gc()
                    java.util.logging:type=Logging            | setLoggerLevel
                    jolokia:type=Config                       | resetDebugInfo()
                    JMImplementation:type=MBeanServerDelegate | anything()
                    """)
    void nothingOfTheJvmIsInvoked(String mbean, String operation) throws Exception {
        assertFalse(policy.isOperationAllowed(new ObjectName(mbean), operation));
    }

    @ParameterizedTest
    @CsvSource({
        "java.lang:type=Runtime, SystemProperties",
        "java.lang:type=Runtime, InputArguments",
        "java.lang:type=Runtime, ClassPath",
        "'com.sun.management:type=HotSpotDiagnostic', DiagnosticOptions",
        "'org.apache.camel:context=wayside,type=tracer,name=BacklogTracer', Enabled"
    })
    void whatCanContainSecretsIsNotRead(String mbean, String attribute) throws Exception {
        assertFalse(policy.isAttributeReadAllowed(new ObjectName(mbean), attribute));
    }

    @ParameterizedTest
    @CsvSource({
        "'org.apache.camel:context=wayside,type=routes,name=\"mqtt\"', State",
        "'org.apache.camel:context=wayside,type=endpoints,name=\"journal://mqtt\"', EndpointUri",
        "'dev.wayside:type=Sink,name=mqtt', Backlog",
        "'java.lang:type=Memory', HeapMemoryUsage",
        "'java.lang:name=Eden Space,type=MemoryPool', Usage",
        "'java.lang:type=Runtime', Uptime"
    })
    void camelTheSinksAndTheJvmAreReadAndNeverWritten(String mbean, String attribute) throws Exception {
        assertTrue(policy.isAttributeReadAllowed(new ObjectName(mbean), attribute));
        assertFalse(policy.isAttributeWriteAllowed(new ObjectName(mbean), attribute));
    }

    @Test
    void aPatternAsTheNameAllowsNothingMore() throws Exception {
        assertFalse(policy.isOperationAllowed(new ObjectName("org.apache.camel:*"), "stop()"));
        assertFalse(policy.isOperationAllowed(new ObjectName("*:*"), "stop()"));
        assertFalse(policy.isAttributeReadAllowed(new ObjectName("*:*"), "SystemProperties"));
    }

    @Test
    void theRightsForTheConsoleAreThoseOfThePolicy() {
        Map<String, Map<String, Map<String, Object>>> rights = new ConsoleRights(policy)
                .canInvoke(Map.of(ROUTE, List.of("suspend()", "remove()"), CONTEXT, List.of("stop()")));
        assertEquals(true, rights.get(ROUTE).get("suspend()").get("CanInvoke"));
        assertEquals(false, rights.get(ROUTE).get("remove()").get("CanInvoke"));
        assertEquals(false, rights.get(CONTEXT).get("stop()").get("CanInvoke"));
    }
}
