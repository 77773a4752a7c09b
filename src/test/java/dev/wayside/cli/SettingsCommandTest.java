package dev.wayside.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SettingsCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aKeyIsShownWithValueOriginMeaningDefaultAndAllowedValues() {
        assertEquals(0, run("mqtt.keep-alive", "--set", "mqtt.keep-alive=10s"));
        String shown = out.toString().replaceAll("\\s+", " ");
        assertTrue(shown.contains("mqtt.keep-alive 10s (--set)"), shown);
        assertTrue(shown.contains("The MQTT keep-alive interval"), shown);
        assertTrue(shown.contains("Default: 30s. Allowed: a duration from 5s to 1h, such as"), shown);
    }

    @Test
    void allKeysFitIntoAHundredColumns() {
        assertEquals(0, run());
        assertTrue(out.toString().lines().count() > 200);
        out.toString().lines().forEach(line -> assertTrue(line.length() <= 100, line));
        assertTrue(out.toString().contains("elasticsearch.compress"), out::toString);
    }

    @Test
    void aPrefixShowsItsGroupAndChangedShowsOnlyChangedKeys() {
        assertEquals(0, run("influxdb", "--changed", "--set", "influxdb.database=r&d", "--set", "mqtt.qos=0"));
        assertTrue(out.toString().contains("r&d"), out::toString);
        assertFalse(out.toString().contains("mqtt.qos") || out.toString().contains("influxdb.url"), out::toString);
    }

    @Test
    void noSecretIsShown() {
        assertEquals(0, run("camera", "--set", "camera.url=rtsp://admin:p@ss/hunter2@10.0.0.1/x?token=hunter2"));
        assertTrue(out.toString().contains("rtsp://***@10.0.0.1/x?***"), out::toString);
        assertFalse(out.toString().contains("hunter2"), out::toString);
    }

    @Test
    void anUnknownKeyEndsWithExitCodeTwoAndASuggestion() {
        assertEquals(2, run("mqtt.ulr"));
        assertEquals(
                "wayside: There is no key mqtt.ulr. Did you mean mqtt.url? ./wayside settings lists them all.",
                err.toString().strip());
        assertEquals(2, run("--set", "mqtt.url=tcp://me:hunter2@host"));
        assertFalse(err.toString().contains("hunter2"), err::toString);
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        CommandLine wayside = Wayside.commandLine();
        wayside.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 1];
        all[0] = "settings";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return wayside.execute(all);
    }
}
