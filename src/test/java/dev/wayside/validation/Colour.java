package dev.wayside.validation;

/** A bean with a text, which may begin with a hash, and a number. */
public final class Colour {
    private String text;
    private int number;

    /** Sets the text. */
    public void setText(String text) {
        this.text = text;
    }

    /** Sets the number. */
    public void setNumber(int number) {
        this.number = number;
    }

    @Override
    public String toString() {
        return text + number;
    }
}
