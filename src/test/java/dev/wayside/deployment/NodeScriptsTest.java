package dev.wayside.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** camel-k/k3s/server and agent in the tree of a Raspberry Pi OS image. K3s itself does not run here. */
class NodeScriptsTest {
    private static final String SERVER = "camel-k/k3s/server";
    private static final String AGENT = "camel-k/k3s/agent";
    private static final String TOKEN = "K10a::server:hunter2";

    @TempDir
    Path folder;

    private Path root;
    private Path program;
    private Path token;

    @BeforeEach
    void makeTheTree() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        write("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n");
        write("sys/fs/cgroup/cgroup.controllers", "cpuset cpu io memory pids\n");
        write("lib/modules/6.12/kernel/drivers/net/wireguard/wireguard.ko.xz", "");
        program = Files.writeString(folder.resolve("k3s"), "the program\n");
        token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void theServerIsInstalledWithWireGuard() throws Exception {
        assertDone(server());
        JsonNode configuration = configuration();
        assertEquals("203.0.113.10", configuration.path("node-external-ip").asText());
        assertEquals("wireguard-native", configuration.path("flannel-backend").asText());
        assertTrue(configuration.path("flannel-external-ip").asBoolean());
        assertEquals("0600", configuration.path("write-kubeconfig-mode").asText());
        assertEquals("the program\n", Files.readString(root.resolve("usr/local/bin/k3s")));
        assertTrue(Files.readString(root.resolve("etc/systemd/system/k3s.service"))
                .contains("ExecStart=/usr/local/bin/k3s server\n"));
        assertTrue(Files.isSymbolicLink(root.resolve("etc/systemd/system/multi-user.target.wants/k3s.service")));
    }

    @Test
    void theAgentHasTheLabelAndTheTaintAndTheTokenByFile() throws Exception {
        Script script = agent("--node-name", "pi-1");
        assertDone(script);
        JsonNode configuration = configuration();
        assertEquals("https://203.0.113.10:6443", configuration.path("server").asText());
        assertEquals(List.of("nodetype=rpi"), Manifests.texts(configuration.path("node-label")));
        assertEquals(List.of("edge=pi:NoSchedule"), Manifests.texts(configuration.path("node-taint")));
        assertEquals("pi-1", configuration.path("node-name").asText());
        Path kept = root.resolve("etc/rancher/k3s/node-token");
        assertEquals(configuration.path("token-file").asText(), "/" + root.relativize(kept));
        assertEquals(TOKEN + "\n", Files.readString(kept));
        for (Path file : List.of(kept, root.resolve("etc/rancher/k3s/config.yaml"))) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        assertFalse(script.output().contains("hunter2"), script.output());
        assertFalse(agent("--dry-run").output().contains("hunter2"));
    }

    @Test
    void aSecondRunChangesNothing() throws Exception {
        assertDone(server());
        Script again = server();
        assertDone(again);
        assertFalse(again.output().contains("wrote "), again.output());
        assertFalse(again.output().contains("installed "), again.output());
    }

    @Test
    void aDryRunChangesNothing() throws Exception {
        Files.delete(root.resolve("sys/fs/cgroup/cgroup.controllers"));
        write("boot/firmware/cmdline.txt", "console=tty1 rootwait\n");
        Script script = Script.run(SERVER, "--external-ip", "203.0.113.10", "--root", root, "--dry-run");
        assertDone(script);
        assertTrue(script.output().contains("would add cgroup_memory=1 cgroup_enable=memory to "), script.output());
        assertTrue(script.output().contains("flannel-backend: wireguard-native"), script.output());
        assertFalse(Files.exists(root.resolve("usr/local/bin/k3s")));
        assertFalse(Files.exists(root.resolve("etc/rancher")));
        assertEquals("console=tty1 rootwait\n", Files.readString(root.resolve("boot/firmware/cmdline.txt")));
    }

    @Test
    void theMemoryControllerIsAddedToTheKernelsCommandLine() throws Exception {
        Files.delete(root.resolve("sys/fs/cgroup/cgroup.controllers"));
        write("proc/cgroups", "#subsys_name hierarchy num_cgroups enabled\nmemory 0 80 0\n");
        // What Bookworm leaves in the old place.
        write("boot/cmdline.txt", "DO NOT EDIT THIS FILE\n");
        write("boot/firmware/cmdline.txt", "console=tty1 rootwait\n");
        Script script = agent();
        assertEquals(1, script.status());
        assertTrue(script.output().contains("reboot, then run this again"), script.output());
        assertEquals(
                "console=tty1 rootwait cgroup_memory=1 cgroup_enable=memory\n",
                Files.readString(root.resolve("boot/firmware/cmdline.txt")));
        assertEquals("console=tty1 rootwait\n", Files.readString(root.resolve("boot/firmware/cmdline.txt.before-k3s")));
        assertEquals("DO NOT EDIT THIS FILE\n", Files.readString(root.resolve("boot/cmdline.txt")));
        Script tooSoon = agent();
        assertTrue(tooSoon.output().contains("but the running kernel has no memory controller"), tooSoon.output());
        assertEquals(
                "console=tty1 rootwait cgroup_memory=1 cgroup_enable=memory\n",
                Files.readString(root.resolve("boot/firmware/cmdline.txt")));
    }

    @Test
    void aDamagedProgramIsNotInstalled() throws Exception {
        Script script = Script.run(
                SERVER,
                "--external-ip",
                "203.0.113.10",
                "--root",
                root,
                "--binary",
                program,
                "--sha256",
                "0".repeat(64));
        assertEquals(1, script.status());
        assertTrue(script.output().contains("nothing was installed"), script.output());
        assertFalse(Files.exists(root.resolve("usr/local/bin/k3s")));
    }

    @ParameterizedTest
    @CsvSource({"debian,13", "raspbian,12", "ubuntu,22.04", "ubuntu,24.04"})
    void otherSystemsThatItKnows(String id, String version) throws Exception {
        write("etc/os-release", "ID=" + id + "\nVERSION_ID=\"" + version + "\"\n");
        assertDone(server());
    }

    @Test
    void aSystemThatItDoesNotKnowIsRefused() throws Exception {
        write("etc/os-release", "ID=alpine\nVERSION_ID=3.20\n");
        Script script = server();
        assertEquals(1, script.status());
        assertTrue(script.output().contains("this is alpine 3.20; the script knows Debian"), script.output());
    }

    @Test
    void aKernelWithoutWireGuardIsRefusedUnlessItIsNotNeeded() throws Exception {
        Files.delete(root.resolve("lib/modules/6.12/kernel/drivers/net/wireguard/wireguard.ko.xz"));
        assertTrue(server().output().contains("the kernel has no WireGuard"));
        assertDone(server("--network", "none"));
        assertEquals("none", configuration().path("flannel-backend").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--external-ip|--external-ip needs a value, as in",
                "--external-ip cloud|--external-ip is 'cloud'; it must be an IP address",
                "--extern 1.2.3.4|'--extern' is no option",
                "--network wifi|--network is 'wifi'; it must be wireguard, vxlan or none",
                "--sha256 abc|--sha256 has 3 characters; it must have 64",
                "--root /nowhere|the directory /nowhere of --root does not exist",
                "--binary /nowhere|cannot read the file /nowhere of --binary"
            })
    void aMistakeOnTheCommandLineIsExplained(String line) throws Exception {
        String[] parts = line.split("\\|");
        List<Object> arguments = new ArrayList<>(List.of("--external-ip", "203.0.113.10", "--dry-run"));
        arguments.addAll(List.of(parts[0].split(" ")));
        assertMisuse(parts[1], Script.run(SERVER, arguments.toArray()));
    }

    @Test
    void aTokenThatOthersCanReadIsRefused() throws Exception {
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
        assertMisuse("others can read the token in", agent());
        Files.writeString(token, "");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        assertMisuse("is empty; it must contain the server's token", agent());
        assertMisuse("--token-file is missing", Script.run(AGENT, "--server", "https://a:6443"));
        assertMisuse("--server is 'a'; it must be the server's URL", Script.run(AGENT, "--server", "a"));
    }

    private static void assertMisuse(String sentence, Script script) {
        assertEquals(2, script.status(), script.output());
        assertTrue(script.output().contains(sentence), script.output());
        assertEquals(1, script.output().lines().count(), script.output());
    }

    private static void assertDone(Script script) {
        assertEquals(0, script.status(), script.output());
    }

    private Script server(Object... more) throws Exception {
        return run(SERVER, List.of("--external-ip", "203.0.113.10"), more);
    }

    private Script agent(Object... more) throws Exception {
        return run(AGENT, List.of("--server", "https://203.0.113.10:6443", "--token-file", token), more);
    }

    private Script run(String script, List<Object> arguments, Object... more) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(program));
        List<Object> all = new ArrayList<>(arguments);
        all.addAll(List.of("--root", root, "--binary", program));
        all.addAll(List.of("--sha256", HexFormat.of().formatHex(digest)));
        all.addAll(List.of(more));
        return Script.run(script, all.toArray());
    }

    private JsonNode configuration() {
        return Manifests.readOne(root.resolve("etc/rancher/k3s/config.yaml"));
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
