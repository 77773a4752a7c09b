package dev.wayside.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.doctor.Finding.State;
import java.util.ArrayList;
import java.util.List;

/** What one check found. */
final class Report {
    private final List<Finding> all = new ArrayList<>();

    static Report of(Check check) throws Exception {
        Report report = new Report();
        check.run(report.findings());
        return report;
    }

    Findings findings() {
        return new Findings(all::add);
    }

    List<Finding> all() {
        return all;
    }

    /** Says exactly one thing about this. */
    void assertSays(State state, String check, String words) {
        List<Finding> found =
                all.stream().filter(each -> each.check().equals(check)).toList();
        assertEquals(1, found.size(), all::toString);
        assertEquals(state, found.get(0).state(), all::toString);
        assertTrue(found.get(0).message().contains(words), all::toString);
    }
}
