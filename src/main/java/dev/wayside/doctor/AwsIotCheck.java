package dev.wayside.doctor;

import dev.wayside.config.AwsIotKeys;
import dev.wayside.config.ServerUrl;
import dev.wayside.config.Settings;
import dev.wayside.failure.InvalidInputException;
import dev.wayside.mqtt.AwsIotConnection;
import dev.wayside.net.Tls;
import java.util.OptionalLong;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * Connects to AWS IoT as the thing. A policy allows no other client id, so this is left out while Wayside is connected
 * with it. No event is published: the rule would pass it on, and nothing could remove it again.
 *
 * @param subject whose connection is checked
 * @param wayside the process of a running Wayside
 */
record AwsIotCheck(Subject subject, OptionalLong wayside) implements Check {
    private static final int HTTPS_PORT = 443;

    @Override
    public String name() {
        return AwsIotKeys.SINK;
    }

    @Override
    public void run(Findings findings) throws MqttException {
        Settings settings = subject.settings();
        if (!settings.get(AwsIotKeys.ENABLED)) {
            return;
        }
        String endpoint = settings.get(AwsIotKeys.ENDPOINT);
        int port = settings.get(AwsIotKeys.PORT);
        if (endpoint.isEmpty()) {
            findings.problem(
                    name(),
                    AwsIotKeys.ENDPOINT + " is empty: set it to what 'aws iot describe-endpoint --endpoint-type"
                            + " iot:Data-ATS' prints");
            return;
        }
        Tls tls = new Tls(
                settings.get(AwsIotKeys.CA_FILE),
                settings.get(AwsIotKeys.CERTIFICATE_FILE),
                settings.get(AwsIotKeys.KEY_FILE));
        String alpn = port == HTTPS_PORT ? AwsIotConnection.PROTOCOL : "";
        ServerUrl url = new ServerUrl("ssl", endpoint, port, "");
        if (new ServerCheck(name(), url, tls, alpn, subject.clock()).passes(findings)) {
            connect(endpoint, port, tls, findings);
        }
    }

    private void connect(String endpoint, int port, Tls tls, Findings findings) throws MqttException {
        String login = name() + " login";
        if (wayside.isPresent()) {
            findings.ok(
                    login,
                    "left out, since the running Wayside is connected as " + subject.thing()
                            + "; its state is on the live page");
            return;
        }
        try (AwsIotConnection connection = new AwsIotConnection(endpoint, port, subject.thing())) {
            connection.setCaFile(tls.caFile());
            connection.setCertificateFile(tls.certificateFile());
            connection.setKeyFile(tls.keyFile());
            connection.start();
            connection.requireConnected();
            findings.ok(
                    login,
                    "accepted as the thing " + subject.thing() + "; nothing was published to "
                            + subject.settings().get(AwsIotKeys.TOPIC)
                            + ", because that could not be taken back");
        } catch (InvalidInputException | MqttException e) {
            findings.problem(login, e.getMessage());
        }
    }
}
