package dev.wayside.doctor;

import dev.wayside.config.MqttKeys;
import dev.wayside.config.ServerUrl;
import dev.wayside.config.Settings;
import dev.wayside.failure.InvalidInputException;
import dev.wayside.mqtt.MqttConnection;
import dev.wayside.mqtt.MqttRefusedException;
import dev.wayside.net.Tls;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/**
 * Connects to the MQTT broker as the sink does, but with a client id of its own, and publishes one message beside the
 * status topic. It is not retained, so the broker keeps nothing.
 *
 * @param subject whose broker is checked
 */
record MqttCheck(Subject subject) implements Check {
    private static final byte[] PAYLOAD = "{\"doctor\":true}".getBytes(StandardCharsets.UTF_8);

    @Override
    public String name() {
        return MqttKeys.SINK;
    }

    @Override
    public void run(Findings findings) throws MqttException {
        Settings settings = subject.settings();
        Optional<ServerUrl> url = settings.get(MqttKeys.URL);
        if (!settings.get(MqttKeys.ENABLED)) {
            return;
        }
        if (url.isEmpty()) {
            findings.ok(name(), "the embedded broker, which starts with Wayside");
            return;
        }
        Tls tls = new Tls(
                settings.get(MqttKeys.CA_FILE),
                settings.get(MqttKeys.CERTIFICATE_FILE),
                settings.get(MqttKeys.KEY_FILE));
        if (new ServerCheck(name(), url.get(), tls, "", subject.clock()).passes(findings)) {
            publish(url.get(), findings);
        }
    }

    private void publish(ServerUrl url, Findings findings) throws MqttException {
        String login = name() + " login";
        String write = name() + " write";
        String folder = subject.settings().get(MqttKeys.TOPIC_PREFIX) + "/" + subject.device() + "/";
        String user = subject.settings().get(MqttKeys.USERNAME);
        MqttMessage message = new MqttMessage(PAYLOAD);
        message.setQos(1);
        try (MqttConnection connection = connection(url)) {
            connection.start();
            connection.requireConnected();
            findings.ok(
                    login,
                    "the broker accepts " + (user.isEmpty() ? "this client without a user" : "the user " + user));
            connection.publish(folder + "doctor", message);
            findings.ok(write, "the broker accepted a message to " + folder + "doctor, which it does not keep");
        } catch (InvalidInputException e) {
            findings.problem(login, e.getMessage());
        } catch (MqttRefusedException e) {
            findings.problem(
                    write,
                    e.getMessage() + ". Allow " + (user.isEmpty() ? "this client" : "the user " + user)
                            + " to publish below " + folder);
        } catch (MqttException e) {
            findings.problem(login, e.getMessage());
        }
    }

    private MqttConnection connection(ServerUrl url) throws MqttException {
        Settings settings = subject.settings();
        MqttConnection connection = new MqttConnection(url.toString(), subject.clientId() + "-doctor");
        connection.setUsername(settings.get(MqttKeys.USERNAME));
        connection.setPassword(settings.get(MqttKeys.PASSWORD));
        connection.setPasswordFile(settings.get(MqttKeys.PASSWORD_FILE));
        connection.setCaFile(settings.get(MqttKeys.CA_FILE));
        connection.setCertificateFile(settings.get(MqttKeys.CERTIFICATE_FILE));
        connection.setKeyFile(settings.get(MqttKeys.KEY_FILE));
        connection.setAdvice(
                "Check " + MqttKeys.USERNAME + ", " + MqttKeys.PASSWORD_FILE + " and which clients the broker allows");
        return connection;
    }
}
