package dev.wayside.sinks;

import dev.wayside.servers.StoreServer;
import dev.wayside.servers.TestCertificates;
import dev.wayside.servers.TlsProxy;
import dev.wayside.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a sink to a store must be able to do: nothing stands twice there, however often it is sent. The stores speak no
 * TLS here; {@link TlsProxy} does it for them, and asks for credentials where the store does not.
 */
abstract class StoreContract extends SinkContract {
    private static final int PATIENT_SECONDS = 30;
    private static final int IMPATIENT_SECONDS = 3;
    private static final Words WORDS = new Words(
            StoreUnavailableException.class,
            "refuses the connection",
            Set.of("closed the connection"),
            "did not answer within " + IMPATIENT_SECONDS + " s",
            Duration.ofSeconds(20));

    private final StoreServer server;
    private TestCertificates certificates;
    private TlsProxy tls;

    StoreContract(StoreServer server) {
        super(server, WORDS);
        this.server = server;
    }

    /** The kamelet's name. */
    abstract String kamelet();

    /** Parameters that let it in at this url, but for its patience. */
    abstract Map<String, String> parameters(String url);

    /** Puts a secret into the parameters that the server does not know. */
    abstract void falsify(Map<String, String> parameters);

    /** The headers {@code Authorization} that are let in by a proxy that asks; none when the server asks itself. */
    abstract String[] authorizations();

    /** Makes an event one that the server itself refuses, and prepares the server if need be. */
    abstract void spoil(Map<String, Object> event);

    /** A part of what the server says of a spoilt event. */
    abstract String refusal();

    @AfterEach
    void closeTls() {
        if (tls != null) {
            tls.close();
        }
    }

    @Test
    @Override
    final void rejectsWhatTheServerRefusesInItsOwnWords() throws Exception {
        assertRejects(this::spoil, refusal());
    }

    @Test
    void keepsOneOfEachEventWhenTheBatchIsSentAgain() throws Exception {
        List<Map<String, Object>> events = events(50);
        open();
        deliver(events);
        deliver(events);
        assertArrivedOnce(events);
    }

    @Override
    final SinkRoute connect(int port) throws Exception {
        return connect(port, PATIENT_SECONDS);
    }

    @Override
    final SinkRoute connectImpatiently(int port) throws Exception {
        return connect(port, IMPATIENT_SECONDS);
    }

    /** The sink, let in at this port, waiting so long for an answer. */
    final SinkRoute connect(int port, int seconds) throws Exception {
        return SinkRoute.ofKamelet(kamelet(), patient(parameters("http://127.0.0.1:" + port), seconds));
    }

    private static Map<String, String> patient(Map<String, String> parameters, int seconds) {
        parameters.put("writeTimeout", String.valueOf(seconds));
        return parameters;
    }

    @Override
    final SinkRoute connectOverTls(int port, String ca) throws Exception {
        return SinkRoute.ofKamelet(kamelet(), secured(port, ca));
    }

    @Override
    final SinkRoute connectAsStranger(int port, String ca) throws Exception {
        Map<String, String> parameters = secured(port, ca);
        falsify(parameters);
        return SinkRoute.ofKamelet(kamelet(), parameters);
    }

    private Map<String, String> secured(int port, String ca) {
        Map<String, String> parameters = patient(parameters("https://localhost:" + port), PATIENT_SECONDS);
        parameters.put("caFile", ca);
        return parameters;
    }

    @Override
    final String strangers() {
        return "does not accept";
    }

    @Override
    final int tlsPort() {
        if (tls == null) {
            certificates = new TestCertificates(directory).rsa("server");
            tls = new TlsProxy(certificates, "server", server.port(), authorizations());
        }
        return tls.port();
    }

    @Override
    final String ca() {
        return certificates.ca();
    }

    @Override
    final boolean isReady(SinkRoute made) {
        return true;
    }

    @Override
    final void lookAgain() {
        // A store is asked afresh each time.
    }

    @Override
    final boolean mayRepeat() {
        return false;
    }
}
