package dev.wayside.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
    @TempDir
    Path root;

    /** The files as a Raspberry Pi 4 has them. */
    @Test
    void readsTemperatureAndThrottlingOfAPi() throws Exception {
        write("proc/device-tree/model", "Raspberry Pi 4 Model B Rev 1.4\0");
        write("proc/sys/kernel/arch", "aarch64\n");
        write("sys/class/thermal/thermal_zone0/type", "gpu-thermal\n");
        write("sys/class/thermal/thermal_zone0/temp", "40000\n");
        write("sys/class/thermal/thermal_zone1/type", "cpu-thermal\n");
        write("sys/class/thermal/thermal_zone1/temp", "48686\n");
        write("sys/devices/platform/soc/soc:firmware/get_throttled", "50005\n");
        Map<String, Object> board = new Machine(root).board();
        assertEquals("Raspberry Pi 4 Model B Rev 1.4", board.get("model"));
        assertEquals("aarch64", board.get("architecture"));
        assertEquals(48.7, board.get("temperature"));
        List<String> reasons = List.of("the supply voltage is too low", "the processor is throttled");
        assertEquals(Map.of("now", reasons, "since_start", reasons), board.get("throttled"));
    }

    @Test
    void saysThatAPiIsNotThrottled() throws Exception {
        write("sys/devices/platform/soc/soc:firmware/get_throttled", "0\n");
        assertEquals(
                Map.of("now", List.of(), "since_start", List.of()),
                new Machine(root).board().get("throttled"));
    }

    @Test
    void leavesOutWhatTheMachineDoesNotHave() throws Exception {
        write("sys/class/thermal/thermal_zone0/temp", "not available\n");
        Map<String, Object> board = new Machine(root).board();
        assertFalse(board.containsKey("model"));
        assertFalse(board.containsKey("temperature"));
        assertFalse(board.containsKey("throttled"));
        assertTrue(board.containsKey("cores"));
        assertFalse(new Machine(root).memory().containsKey("resident"));
    }

    @Test
    void readsTheMemoryInBytes() throws Exception {
        write("proc/self/status", "Name:\tjava\nVmRSS:\t  123456 kB\n");
        write("proc/meminfo", "MemTotal:  8000000 kB\nMemAvailable:  5000000 kB\n");
        Map<String, Object> memory = new Machine(root).memory();
        assertEquals(123456L * 1024, memory.get("resident"));
        assertEquals(8000000L * 1024, memory.get("machine_total"));
        assertEquals(5000000L * 1024, memory.get("machine_available"));
    }

    @Test
    void knowsTheDiskOfAFolder() throws Exception {
        Map<String, Object> disk = new Machine(root).disk(root);
        assertEquals(root.toString(), disk.get("path"));
        assertTrue((long) disk.get("free") > 0 && (long) disk.get("free") <= (long) disk.get("total"));
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }
}
