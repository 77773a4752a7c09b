package dev.wayside.doctor;

/** Checks one subject. It changes nothing for good, and is closed when all checks are done. */
interface Check extends AutoCloseable {
    /** The subject, for the progress line and for findings. */
    String name();

    /**
     * Checks it; a failed step ends the check with a finding.
     *
     * @throws Exception for a failure that the check does not explain itself
     */
    void run(Findings findings) throws Exception;

    @Override
    default void close() {}
}
