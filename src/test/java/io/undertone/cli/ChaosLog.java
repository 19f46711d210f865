package io.undertone.cli;

import java.util.ArrayList;
import java.util.List;

/** What a chaos run says while it goes on, with its time, and what is to be said in the end. */
final class ChaosLog {
    private final long startedMs = System.currentTimeMillis();
    private final List<String> notes = new ArrayList<>();

    /** Prints a line at once. */
    void say(String line) {
        System.out.println("chaos " + elapsedMs() / 1000 + " s: " + line);
    }

    /** Keeps a line for the end. */
    void note(String line) {
        notes.add(line);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Since the run began. */
    long elapsedMs() {
        return System.currentTimeMillis() - startedMs;
    }
}
