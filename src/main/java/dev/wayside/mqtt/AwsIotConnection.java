package dev.wayside.mqtt;

import dev.wayside.failure.InvalidInputException;
import java.time.Duration;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * A connection to AWS IoT Core as one thing. It observes the service's limits (AWS General Reference, "AWS IoT Core
 * endpoints and quotas", message broker and protocol limits): payloads up to 128 KB, keep-alive of at least 30 s,
 * client ids up to 128 bytes, one CONNECT per second. All events go to one topic. Therefore a policy that forbids the
 * topic does not count as a permanent refusal of each event.
 *
 * <p>On port 443 it requests the protocol {@value #PROTOCOL} with ALPN, by which the service distinguishes MQTT from
 * HTTPS.
 */
public final class AwsIotConnection extends MqttConnection {
    /** The ALPN name of MQTT with a client certificate. */
    public static final String PROTOCOL = "x-amzn-mqtt-ca";

    /** The maximum size of a payload in bytes. */
    public static final int MAX_MESSAGE_SIZE = 128 * 1024;

    private static final int KEEP_ALIVE_SECONDS = 30;
    /** The service's default expiry of the sessions of disconnected clients. */
    private static final int SESSION_EXPIRY_SECONDS = 3600;

    /** The service accepts one CONNECT per second for each client id. */
    private static final Duration BETWEEN_CONNECTS = Duration.ofSeconds(1);

    private static final int HTTPS_PORT = 443;
    private static final int LONGEST_CLIENT_ID = 128;

    /**
     * Prepares a connection. Set the certificate and the key, then call {@link #start()}.
     *
     * @param endpoint the account's host name, as {@code aws iot describe-endpoint --endpoint-type iot:Data-ATS} prints
     *     it
     * @param port 8883 or 443
     * @param thing the thing's name, which is the client id
     * @throws MqttException if Paho cannot prepare a client
     * @throws InvalidInputException if a parameter is invalid; the message says what to do
     */
    public AwsIotConnection(String endpoint, int port, String thing) throws MqttException {
        super("ssl://" + requireEndpoint(endpoint) + ":" + port, requireThing(thing));
        setName("AWS-IoT");
        setAlpn(port == HTTPS_PORT ? PROTOCOL : "");
        setKeepAliveSeconds(KEEP_ALIVE_SECONDS);
        setSessionExpirySeconds(SESSION_EXPIRY_SECONDS);
        setMaxMessageSize(MAX_MESSAGE_SIZE);
        setLeastWait(BETWEEN_CONNECTS);
        setOneTopic(true);
        setContentType("application/json");
        setAdvice("AWS IoT does so when the policy of the certificate does not allow it: it must allow iot:Connect for"
                + " the client " + thing + " and iot:Publish for the topic, and be attached to an active certificate");
    }

    /** Starts to connect; requires the thing's certificate, by which AWS IoT authenticates it. */
    @Override
    public void start() {
        if (!hasCertificate()) {
            throw new InvalidInputException("AWS IoT needs the thing's certificate and private key;"
                    + " set aws-iot.certificate-file and aws-iot.key-file.");
        }
        super.start();
    }

    private static String requireEndpoint(String endpoint) {
        if (!endpoint.matches("[A-Za-z0-9.-]+")) {
            throw new InvalidInputException("aws-iot.endpoint is '" + endpoint + "'; it must be the host name that"
                    + " 'aws iot describe-endpoint --endpoint-type iot:Data-ATS' prints, with no scheme and no port.");
        }
        return endpoint;
    }

    private static String requireThing(String thing) {
        if (!thing.matches("[A-Za-z0-9:_-]{1," + LONGEST_CLIENT_ID + "}")) {
            throw new InvalidInputException("aws-iot.thing is '" + thing + "'; it must be the thing's name: 1 to "
                    + LONGEST_CLIENT_ID + " letters, digits, ':', '_' or '-'.");
        }
        return thing;
    }
}
