package io.undertone.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/**
 * Halts the process when its shutdown takes more than 10 s, whatever hangs. No data is lost: uncommitted
 * work is repeated by the next instance.
 */
final class EndGuard {
    private static final long PATIENCE_MS = 9_500;

    private EndGuard() {}

    static void start(PrintWriter err) {
        Thread guard = new Thread(() -> await(err), "undertone-end-guard");
        guard.setDaemon(true);
        guard.start();
    }

    private static void await(PrintWriter err) {
        try {
            TimeUnit.MILLISECONDS.sleep(PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        err.println("undertone: did not finish within 10 s and ends now; work that was not committed is repeated");
        err.flush();
        Runtime.getRuntime().halt(Errors.FAILED);
    }
}
