package dev.wayside.onvif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers to a probe, also those that no camera would send. */
class OnvifDeviceTest {
    private static final String SENDER = "192.168.1.64";

    private static Optional<OnvifDevice> read(String datagram) {
        return OnvifDevice.read(datagram.getBytes(StandardCharsets.UTF_8), SENDER);
    }

    private static String match(String scopes, String addresses) {
        return "<a:Envelope xmlns:a=\"x\"><ProbeMatches><ProbeMatch><Scopes>" + scopes + "</Scopes><XAddrs>" + addresses
                + "</XAddrs></ProbeMatch></ProbeMatches></a:Envelope>";
    }

    @ParameterizedTest
    @CsvSource({
        "HIKVISION%20DS-2CD2043G0, DS-2CD2043G0, HIKVISION DS-2CD2043G0",
        "AXIS%20M1065-L, M1065-L, AXIS M1065-L",
        "Dahua, IPC-HDW2431T, Dahua IPC-HDW2431T",
        "'', C200, C200",
        "'', '', ONVIF camera",
        "Stra%C3%9Fe, '', Straße",
        "100%, '', 100%",
        "A+B, '', A+B",
        "%1B%5B31mred%07, '', [31mred",
        "%C2%9B31mred, '', 31mred",
        "a%0Acamera.url=rtsp://evil/, '', a camera.url=rtsp://evil/",
        "a%E2%80%AEb%E2%81%A6c, '', a b c",
    })
    void theTitleIsThePrintableNameWithTheModel(String name, String hardware, String title) {
        OnvifDevice device = read(match(
                        "onvif://www.onvif.org/name/" + name + " onvif://www.onvif.org/hardware/" + hardware, ""))
                .orElseThrow();
        assertEquals(title, device.title());
    }

    @Test
    void aLongNameIsCut() {
        assertEquals(
                61,
                read(match("onvif://www.onvif.org/name/" + "x".repeat(3000), ""))
                        .orElseThrow()
                        .name()
                        .length());
    }

    @ParameterizedTest
    @CsvSource({
        "http://192.168.1.64:8000/onvif/x, http://192.168.1.64:8000/onvif/x",
        "http://[fe80::1]/x http://169.254.7.7/x http://192.168.1.64/y, http://192.168.1.64/y",
        "http://127.0.0.1/admin, http://192.168.1.64/onvif/device_service",
        "http://u:p@192.168.1.64/x, http://192.168.1.64/onvif/device_service",
        "file:///etc/passwd, http://192.168.1.64/onvif/device_service",
        "http://192.168.1.64@evil/, http://192.168.1.64/onvif/device_service",
        "http://bad host/, http://192.168.1.64/onvif/device_service",
        "'', http://192.168.1.64/onvif/device_service",
    })
    void onlyAServiceOfTheSenderItselfIsAsked(String addresses, String service) {
        assertEquals(service, read(match("", addresses)).orElseThrow().service().toString());
    }

    @Test
    void entitiesAreRefused(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "hunter2");
        String laughs = "<!DOCTYPE x [<!ENTITY a \"ha\">" + "<!ENTITY b \"&a;&a;\">".repeat(1) + "]>"
                + match("onvif://www.onvif.org/name/&b;", "");
        assertEquals(Optional.empty(), read(laughs));
        String external = "<!DOCTYPE x [<!ENTITY a SYSTEM \"" + secret.toUri() + "\">]>"
                + match("onvif://www.onvif.org/name/&a;", "");
        assertEquals(Optional.empty(), read(external));
        assertEquals(Optional.empty(), read("<!DOCTYPE x SYSTEM \"" + secret.toUri() + "\">" + match("", "")));
        assertEquals(Optional.empty(), read(match("onvif://www.onvif.org/name/&undeclared;", "")));
    }

    @Test
    void tooMuchIsRefused() {
        assertEquals(Optional.empty(), read("<a>".repeat(33) + match("", "") + "</a>".repeat(33)));
        assertEquals(Optional.empty(), read("<e>" + "<a/>".repeat(4000) + match("", "") + "</e>"));
        assertTrue(read("<a>".repeat(20) + match("", "") + "</a>".repeat(20)).isPresent());
    }

    @Test
    void whatIsNoAnswerIsIgnored() {
        for (String other : new String[] {"", "<", "M-SEARCH * HTTP/1.1\r\n", "<a/>", "\0\0\0", "<ProbeMatch>"}) {
            assertEquals(Optional.empty(), read(other), other);
        }
    }

    @Test
    void damagedAnswersNeverFail() {
        byte[] valid = match("onvif://www.onvif.org/name/n onvif://www.onvif.org/hardware/h", "http://192.168.1.64/x")
                .getBytes(StandardCharsets.UTF_8);
        assertTrue(OnvifDevice.read(valid, SENDER).isPresent());
        Random random = new Random(7);
        for (int i = 0; i < valid.length; i++) {
            OnvifDevice.read(Arrays.copyOf(valid, i), SENDER);
            byte[] damaged = valid.clone();
            damaged[i] = (byte) random.nextInt(256);
            OnvifDevice.read(damaged, SENDER).ifPresent(device -> {
                assertEquals(SENDER, device.service().getHost());
                assertFalse(device.title().matches(".*\\p{Cntrl}.*"));
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rtsp://192.168.1.64/, true",
        "rtsp://192.168.1.64:554/cam/realmonitor?channel=1&subtype=0&unicast=true&proto=Onvif, true",
        "RTSP://192.168.1.64/Streaming/Channels/101, true",
        "rtsp://192.168.1.65/, false",
        "rtsp://192.168.1.64@evil/, false",
        "rtsp://u:p@192.168.1.64/, false",
        "rtsp://192.168.1.64/x;reboot, false",
        "rtsp://192.168.1.64/x?a&reboot, false",
        "rtsp://192.168.1.64/x?a=1&reboot, false",
        "rtsp://192.168.1.64/$(reboot), false",
        "rtsp://192.168.1.64/`reboot`, false",
        "rtsp://192.168.1.64/x y, false",
        "rtsp://192.168.1.64/x#transport=udp, false",
        "http://192.168.1.64/, false",
        "file:///etc/passwd, false",
    })
    void aUrlIsShownOnlyIfItCanBePasted(String url, boolean shown) {
        assertEquals(shown ? Optional.of(url) : Optional.empty(), Untrusted.stream(url, SENDER));
        assertEquals(Optional.empty(), Untrusted.stream(url + "\n", SENDER));
        assertEquals(Optional.empty(), Untrusted.stream(url + "\u001b[2J", SENDER));
    }
}
