package dev.wayside.journal;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** A program that appends to a journal from four threads and prints the id of each event that was accepted. */
final class AppendForever {
    private AppendForever() {}

    public static void main(String[] arguments) throws Exception {
        JournalFlow flow = new JournalFlow(Path.of(arguments[0]));
        AtomicLong next = new AtomicLong();
        for (int i = 0; i < 4; i++) {
            new Thread(() -> {
                        while (true) {
                            var event = JournalFlow.event(next.incrementAndGet());
                            flow.append(event);
                            synchronized (System.out) {
                                System.out.println("accepted " + event.get("id"));
                            }
                        }
                    })
                    .start();
        }
    }
}
