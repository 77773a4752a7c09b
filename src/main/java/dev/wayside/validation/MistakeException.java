package dev.wayside.validation;

/** A mistake that makes the rest of its file unreadable. */
final class MistakeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Mistake mistake;

    MistakeException(Mistake mistake) {
        super(mistake.sentence());
        this.mistake = mistake;
    }

    Mistake mistake() {
        return mistake;
    }
}
