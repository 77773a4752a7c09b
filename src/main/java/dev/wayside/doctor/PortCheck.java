package dev.wayside.doctor;

import dev.wayside.config.MqttKeys;
import dev.wayside.config.PageKeys;
import dev.wayside.config.Settings;
import dev.wayside.failure.UnavailableException;
import dev.wayside.live.HttpPort;
import dev.wayside.net.Ports;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * The ports that Wayside itself listens on: the page's, and that of the embedded broker.
 *
 * @param settings which ports
 * @param wayside the process of a running Wayside, which has them
 */
record PortCheck(Settings settings, OptionalLong wayside) implements Check {
    private static final int BROKER = 1883;

    @Override
    public String name() {
        return "ports";
    }

    @Override
    public void run(Findings findings) {
        String host = settings.get(PageKeys.HOST);
        int port = settings.get(PageKeys.PORT);
        if (wayside.isPresent()) {
            findings.ok("port " + port, "not checked, since the running Wayside has it");
            return;
        }
        try {
            HttpPort.requireFree(host, port);
            findings.ok("port " + port, "free on " + host + ", for the live page");
        } catch (UnavailableException e) {
            findings.problem("port " + port, e.getMessage());
        }
        if (settings.get(MqttKeys.ENABLED) && settings.get(MqttKeys.URL).isEmpty()) {
            broker(findings);
        }
    }

    private static void broker(Findings findings) {
        String check = "port " + BROKER;
        try {
            Ports.probe("127.0.0.1", BROKER);
            findings.ok(check, "free, for the embedded MQTT broker");
        } catch (IOException e) {
            findings.warning(
                    check,
                    "taken by another program, so the embedded MQTT broker uses the next free port: set mqtt.url to"
                            + " tcp://127.0.0.1:" + BROKER + " if that program is the broker that you want to use");
        }
    }
}
