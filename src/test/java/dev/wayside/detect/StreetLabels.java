package dev.wayside.detect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a person sees in 20 frames of the sample clip: {@code street-labels.json}, whose header describes the labelling.
 */
final class StreetLabels {
    /** An object must be found if its longer side has at least this many pixels. */
    static final double LARGE = 40;

    /** The minimum overlap (intersection over union) for a detection to match a labelled object. */
    static final double MATCH = 0.4;

    /** An object in a frame; one that is mostly hidden is neither required nor counted as a false detection. */
    record Labelled(Sighting place, boolean hidden) {
        boolean isLarge() {
            return !hidden && Math.max(place.width(), place.height()) >= LARGE;
        }
    }

    /** A detector's result for one class. */
    static final class Score {
        int framesWithLarge;
        int framesFound;
        int large;
        int largeFound;
        int small;
        int smallFound;
        int wrong;

        double frameShare() {
            return (double) framesFound / framesWithLarge;
        }

        double recall() {
            return (double) largeFound / large;
        }

        double precision() {
            return (double) (largeFound + smallFound) / (largeFound + smallFound + wrong);
        }

        @Override
        public String toString() {
            return "found in %d of %d frames; %d of %d large and %d of %d small objects; %d false detections; recall (large) %.2f, precision %.2f"
                    .formatted(
                            framesFound,
                            framesWithLarge,
                            largeFound,
                            large,
                            smallFound,
                            small,
                            wrong,
                            recall(),
                            precision());
        }
    }

    private final SortedMap<Integer, List<Labelled>> frames = new TreeMap<>();

    static StreetLabels load() throws Exception {
        StreetLabels labels = new StreetLabels();
        try (InputStream in = StreetLabels.class.getResourceAsStream("/street-labels.json")) {
            for (JsonNode frame : new ObjectMapper().readTree(in).get("frames")) {
                List<Labelled> objects = new ArrayList<>();
                for (JsonNode object : frame.get("objects")) {
                    JsonNode box = object.get("box");
                    Sighting place = new Sighting(
                            object.get("label").asText(),
                            1,
                            box.get(0).asInt(),
                            box.get(1).asInt(),
                            box.get(2).asInt(),
                            box.get(3).asInt());
                    objects.add(new Labelled(place, object.path("hidden").asBoolean()));
                }
                labels.frames.put(frame.get("frame").asInt(), objects);
            }
        }
        return labels;
    }

    SortedMap<Integer, List<Labelled>> frames() {
        return frames;
    }

    /**
     * Scores the detections of one class. Each detection, strongest first, is matched to the free labelled object that
     * it overlaps most, if the overlap is at least {@link #MATCH}. A frame counts as found if at least one large object
     * of the class was matched.
     */
    Score score(String label, SortedMap<Integer, List<Sighting>> detections) {
        Score score = new Score();
        frames.forEach((number, objects) -> score(score, of(label, objects), of(label, detections, number)));
        return score;
    }

    private static void score(Score score, List<Labelled> labelled, List<Sighting> detected) {
        int large = (int) labelled.stream().filter(Labelled::isLarge).count();
        int small =
                (int) labelled.stream().filter(o -> !o.isLarge() && !o.hidden()).count();
        int largeFound = 0;
        List<Labelled> free = new ArrayList<>(labelled);
        for (Sighting detection : detected) {
            Labelled taken = free.stream()
                    .filter(object -> object.place().iou(detection) >= MATCH)
                    .max(Comparator.comparingDouble(object -> object.place().iou(detection)))
                    .orElse(null);
            if (taken == null) {
                score.wrong++;
            } else {
                free.remove(taken);
                largeFound += taken.isLarge() ? 1 : 0;
                score.smallFound += !taken.isLarge() && !taken.hidden() ? 1 : 0;
            }
        }
        score.large += large;
        score.small += small;
        score.largeFound += largeFound;
        score.framesWithLarge += large > 0 ? 1 : 0;
        score.framesFound += largeFound > 0 ? 1 : 0;
    }

    private static List<Labelled> of(String label, List<Labelled> objects) {
        return objects.stream().filter(o -> o.place().label().equals(label)).toList();
    }

    private static List<Sighting> of(String label, SortedMap<Integer, List<Sighting>> detections, int frame) {
        return detections.getOrDefault(frame, List.of()).stream()
                .filter(detection -> detection.label().equals(label))
                .sorted(Comparator.comparingDouble(Sighting::score).reversed())
                .toList();
    }
}
