package io.undertone.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;

/**
 * Ctrl-C and SIGTERM as a request to end, so that what was begun is finished and the exit code is 0. A second one ends the process at
 * once. Thread-safe.
 */
final class StopSignal {
    private static final int INTERRUPTED = 130;

    private final CountDownLatch requested = new CountDownLatch(1);

    private StopSignal() {}

    /** Catches the signals from now on. */
    static StopSignal install(Runnable whenRequested) {
        StopSignal stop = new StopSignal();
        for (String name : new String[] {"INT", "TERM"}) {
            Signal.handle(new Signal(name), signal -> {
                if (stop.isRequested()) {
                    Runtime.getRuntime().halt(INTERRUPTED);
                }
                stop.requested.countDown();
                whenRequested.run();
            });
        }
        return stop;
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits for it. */
    void await() throws InterruptedException {
        requested.await();
    }

    /** Waits for it for at most so long; whether it came. */
    boolean await(long ms) throws InterruptedException {
        return requested.await(ms, TimeUnit.MILLISECONDS);
    }
}
