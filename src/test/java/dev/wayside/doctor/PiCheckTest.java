package dev.wayside.doctor;

import static dev.wayside.doctor.Finding.State.OK;
import static dev.wayside.doctor.Finding.State.PROBLEM;
import static dev.wayside.doctor.Finding.State.WARNING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PiCheckTest {
    private static final String MODEL = "proc/device-tree/model";
    private static final String THROTTLED = "sys/devices/platform/soc/soc:firmware/get_throttled";
    private static final String HEAT = "sys/class/thermal/thermal_zone0/temp";

    @TempDir
    Path system;

    @Test
    void saysNothingOnOtherMachines() throws Exception {
        assertEquals(List.of(), Report.of(new PiCheck(system)).all());
    }

    @Test
    void aHealthyPiIsFine() throws Exception {
        pi("0", "51200");
        Report report = Report.of(new PiCheck(system));
        report.assertSays(OK, "raspberry pi", "Raspberry Pi 4 Model B Rev 1.4");
        report.assertSays(OK, "raspberry pi power", "no under-voltage");
        report.assertSays(OK, "raspberry pi heat", "51 °C");
    }

    @Test
    void underVoltageNowIsAProblem() throws Exception {
        pi("50001", "51200");
        Report.of(new PiCheck(system)).assertSays(PROBLEM, "raspberry pi power", "use the official power supply");
    }

    @Test
    void underVoltageInThePastIsAWarning() throws Exception {
        pi("10000", "51200");
        Report.of(new PiCheck(system)).assertSays(WARNING, "raspberry pi power", "since the last start");
    }

    @Test
    void aHotPiIsAProblem() throws Exception {
        pi("0", "81000");
        Report.of(new PiCheck(system)).assertSays(PROBLEM, "raspberry pi heat", "add a heat sink or a fan");
    }

    @Test
    void aPiThatWasThrottledSaysSo() throws Exception {
        pi("40000", "60000");
        assertEquals(
                List.of(OK, OK, WARNING, OK),
                Report.of(new PiCheck(system)).all().stream()
                        .map(Finding::state)
                        .toList());
    }

    private void pi(String throttled, String millidegrees) throws IOException {
        write(MODEL, "Raspberry Pi 4 Model B Rev 1.4\0");
        write(THROTTLED, throttled + "\n");
        write(HEAT, millidegrees + "\n");
    }

    private void write(String path, String text) throws IOException {
        Path file = system.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
