package dev.wayside.doctor;

/**
 * Reports settings that stop every start.
 *
 * @param why the sentences about them, one a line
 */
record InvalidSettings(String why) implements Check {
    @Override
    public String name() {
        return "settings";
    }

    @Override
    public void run(Findings findings) {
        why.lines().forEach(sentence -> findings.problem(name(), sentence));
        findings.warning("other checks", "they need valid settings, and were left out");
    }
}
