package dev.wayside.onvif;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks devices for the urls of their streams, without a login. Many refuse that. */
public final class MediaService {
    private static final Logger log = LoggerFactory.getLogger(MediaService.class);
    private static final int AT_A_TIME = 16;
    private static final int MOST_STREAMS = 4;
    private static final int LONGEST_TOKEN = 64;

    private static final String CAPABILITIES = "<GetCapabilities xmlns=\"http://www.onvif.org/ver10/device/wsdl\">"
            + "<Category>Media</Category></GetCapabilities>";
    private static final String PROFILES = "<GetProfiles xmlns=\"http://www.onvif.org/ver10/media/wsdl\"/>";
    private static final String STREAM_URI = "<GetStreamUri xmlns=\"http://www.onvif.org/ver10/media/wsdl\">"
            + "<StreamSetup><Stream xmlns=\"http://www.onvif.org/ver10/schema\">RTP-Unicast</Stream>"
            + "<Transport xmlns=\"http://www.onvif.org/ver10/schema\"><Protocol>RTSP</Protocol></Transport></StreamSetup>"
            + "<ProfileToken>%s</ProfileToken></GetStreamUri>";

    private final SoapClient soap;

    private MediaService(Duration timeout) {
        soap = new SoapClient(timeout);
    }

    /**
     * Asks several devices at a time.
     *
     * @param longest for all together
     * @return the streams of each device, at most four; empty for one that does not tell
     */
    public static Map<OnvifDevice, List<OnvifStream>> streams(List<OnvifDevice> devices, Duration longest)
            throws InterruptedException {
        MediaService media = new MediaService(longest);
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME, task -> {
            Thread thread = new Thread(task, "onvif");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<List<OnvifStream>>> answers = threads.invokeAll(
                    devices.stream()
                            .map(device -> (Callable<List<OnvifStream>>) () -> media.streams(device))
                            .toList(),
                    longest.toMillis(),
                    TimeUnit.MILLISECONDS);
            Map<OnvifDevice, List<OnvifStream>> streams = new HashMap<>();
            for (int i = 0; i < devices.size(); i++) {
                streams.put(devices.get(i), told(answers.get(i)));
            }
            return streams;
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<OnvifStream> told(Future<List<OnvifStream>> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException | CancellationException e) {
            log.debug("a device does not tell its streams", e);
            return List.of();
        }
    }

    private List<OnvifStream> streams(OnvifDevice device) throws IOException, InterruptedException {
        URI service = soap.ask(device.service(), CAPABILITIES)
                .flatMap(answer -> answer.first("Media"))
                .flatMap(media -> Untrusted.service(media.text("XAddr"), device.address()))
                .orElse(device.service());
        Optional<XmlNode> profiles = soap.ask(service, PROFILES);
        List<OnvifStream> streams = new ArrayList<>();
        if (profiles.isPresent()) {
            for (XmlNode profile :
                    profiles.get().all("Profiles").limit(MOST_STREAMS).toList()) {
                stream(device, service, profile).ifPresent(streams::add);
            }
        }
        return List.copyOf(streams);
    }

    private Optional<OnvifStream> stream(OnvifDevice device, URI service, XmlNode profile)
            throws IOException, InterruptedException {
        if (profile.token() == null || profile.token().length() > LONGEST_TOKEN) {
            return Optional.empty();
        }
        return soap.ask(service, STREAM_URI.formatted(SoapClient.escaped(profile.token())))
                .flatMap(answer -> Untrusted.stream(answer.text("Uri"), device.address()))
                .map(url -> new OnvifStream(Untrusted.name(profile.text("Name")), picture(profile), url));
    }

    private static String picture(XmlNode profile) {
        return profile.first("VideoEncoderConfiguration")
                .map(encoder -> Untrusted.name(
                        encoder.text("Encoding") + " " + encoder.text("Width") + "x" + encoder.text("Height")))
                .filter(words -> words.matches("\\S+ \\d{1,5}x\\d{1,5}"))
                .orElse("");
    }
}
