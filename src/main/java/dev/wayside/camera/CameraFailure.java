package dev.wayside.camera;

/** Why a source delivers no pictures, or no more. The message is a sentence for the user and contains no secret. */
final class CameraFailure extends Exception {
    private static final long serialVersionUID = 1L;

    CameraFailure(String reason) {
        // Without a stack trace: it is an outcome, not a defect, and may recur for days.
        super(reason, null, false, false);
    }
}
