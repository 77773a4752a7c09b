package dev.wayside.mqtt;

import dev.wayside.failure.InvalidInputException;
import java.time.Duration;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * A connection to AWS IoT Core as one thing, with the service's own limits kept (AWS General Reference, "AWS IoT Core
 * endpoints and quotas", message broker and protocol limits): 128 KB a payload,
 * no keep-alive below 30 s, a client id of 128 bytes at the most, a second between two CONNECTs. All events go to one
 * topic, so that a policy that forbids it refuses none of them for good.
 *
 * <p>On port 443 it asks for {@value #PROTOCOL} (ALPN), by which the service tells MQTT from HTTPS there.
 */
public final class AwsIotConnection extends MqttConnection {
    /** What the service calls MQTT with a client certificate in the TLS greeting. */
    public static final String PROTOCOL = "x-amzn-mqtt-ca";

    /** The most bytes of a payload. */
    public static final int MAX_MESSAGE_SIZE = 128 * 1024;

    private static final int KEEP_ALIVE_SECONDS = 30;
    /** The service's own default for sessions of clients that are away. */
    private static final int SESSION_EXPIRY_SECONDS = 3600;

    /** The service takes one CONNECT a second for each client id. */
    private static final Duration BETWEEN_CONNECTS = Duration.ofSeconds(1);

    private static final int HTTPS_PORT = 443;
    private static final int LONGEST_CLIENT_ID = 128;

    /**
     * Prepares a connection; certificate and key come next, then {@link #start()}.
     *
     * @param endpoint the account's own host name, as {@code aws iot describe-endpoint --endpoint-type iot:Data-ATS} says
     * @param port 8883 or 443
     * @param thing the thing's name, which is the client id
     * @throws MqttException if Paho cannot prepare a client
     * @throws InvalidInputException if one of them is no good; the message says what to do
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

    /** Without a certificate of its own a thing is nobody. */
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
