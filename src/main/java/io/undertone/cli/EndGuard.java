package io.undertone.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/**
 * Holds a process to its promise to end within 10 s of being asked to, whatever hangs. Nothing is lost by it: what was not
 * committed is repeated by the next instance.
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
