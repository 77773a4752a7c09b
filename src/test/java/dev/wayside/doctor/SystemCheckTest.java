package dev.wayside.doctor;

import static dev.wayside.doctor.Finding.State.OK;
import static dev.wayside.doctor.Finding.State.PROBLEM;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SystemCheckTest {
    @Test
    void theJavaAndTheGlibcOfTheseTestsAreGoodEnough() throws Exception {
        Report report = Report.of(new SystemCheck());
        report.assertSays(OK, "java", "Java " + Runtime.version());
        report.assertSays(OK, "glibc", "2.");
    }

    @Test
    void anOldGlibcIsAProblem() {
        Report report = new Report();
        SystemCheck.glibc(Optional.of("glibc 2.31"), report.findings());
        report.assertSays(PROBLEM, "glibc", "2.31 is too old, 2.35 is needed: use Debian 12");
    }

    @Test
    void aSystemWithMuslIsAProblem() {
        Report report = new Report();
        SystemCheck.glibc(Optional.empty(), report.findings());
        report.assertSays(PROBLEM, "glibc", "this system has no glibc");
    }
}
