package dev.wayside.api;

import dev.wayside.journal.Journal;
import dev.wayside.journal.LabelCounts.Bucket;
import io.vertx.ext.web.RoutingContext;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many objects were in view over a range of time: for each span, the average over all analysed frames and the largest
 * number in one frame. It is no count of distinct cars: a parked one is in every frame.
 *
 * @param clock the wall clock
 */
record CountsAnswer(Journal journal, Clock clock) {
    private static final double THOUSAND = 1000.0;

    Answer json(RoutingContext request) throws SQLException {
        TimeRange range = range(request);
        List<Bucket> buckets = buckets(request, range);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("from", range.from().toString());
        answer.put("to", range.to().toString());
        answer.put("seconds", range.span().toSeconds());
        answer.put("meaning", "objects in view per analysed frame; not distinct objects");
        answer.put(
                "series",
                buckets.stream()
                        .collect(Collectors.groupingBy(
                                bucket -> List.of(bucket.camera(), bucket.label()),
                                LinkedHashMap::new,
                                Collectors.mapping(CountsAnswer::point, Collectors.toList())))
                        .entrySet()
                        .stream()
                        .map(series -> Map.of(
                                "camera", series.getKey().get(0),
                                "label", series.getKey().get(1),
                                "points", series.getValue()))
                        .toList());
        return Answer.json(answer);
    }

    Answer csv(RoutingContext request) throws SQLException {
        TimeRange range = range(request);
        Csv csv = new Csv(List.of("time", "seconds", "camera", "label", "frames", "average", "maximum"));
        for (Bucket bucket : buckets(request, range)) {
            csv.row(List.of(
                    bucket.start(),
                    range.span().toSeconds(),
                    bucket.camera(),
                    bucket.label(),
                    bucket.frames(),
                    average(bucket),
                    bucket.most()));
        }
        String name = "wayside-counts-" + range.from().toString().replace(":", "") + ".csv";
        return new Answer("text/csv; charset=utf-8; header=present", csv.text(), name);
    }

    private TimeRange range(RoutingContext request) {
        return TimeRange.of(request.queryParams(), clock.instant());
    }

    private List<Bucket> buckets(RoutingContext request, TimeRange range) throws SQLException {
        String camera = request.request().getParam("camera");
        return journal.labelCounts().read(range.from(), range.to(), range.span()).stream()
                .filter(bucket -> camera == null || camera.equals(bucket.camera()))
                .toList();
    }

    private static Map<String, Object> point(Bucket bucket) {
        Map<String, Object> point = new LinkedHashMap<>();
        point.put("time", bucket.start().toString());
        point.put("frames", bucket.frames());
        point.put("average", average(bucket));
        point.put("maximum", bucket.most());
        return point;
    }

    private static double average(Bucket bucket) {
        return Math.round(bucket.total() * THOUSAND / bucket.frames()) / THOUSAND;
    }
}
