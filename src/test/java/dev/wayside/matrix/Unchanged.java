package dev.wayside.matrix;

import java.util.function.Predicate;

/** True as long as the number is the one of the time before. */
final class Unchanged implements Predicate<Long> {
    private long last = -1;

    @Override
    public boolean test(Long number) {
        boolean same = number == last;
        last = number;
        return same;
    }
}
