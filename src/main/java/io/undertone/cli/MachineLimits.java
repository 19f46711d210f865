package io.undertone.cli;

import io.undertone.failure.Causes;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Failures that come from the machine's limits: what is short, and the setting that mends it. */
final class MachineLimits {
    private static final int MB = 1 << 20;

    private MachineLimits() {}

    /** One sentence; null where the failure is another. */
    static @Nullable String describe(Throwable failure) {
        boolean linking = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return memory(String.valueOf(cause.getMessage()));
            }
            linking |= cause instanceof LinkageError;
            String known = known(String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT));
            if (known != null) {
                return known;
            }
        }
        // Of what failed before, only the class's name is told the second time.
        return linking
                ? "a native library could not be loaded: " + Causes.innermost(failure)
                        + "; it must fit this machine, and the temporary folder "
                        + System.getProperty("java.io.tmpdir") + " allow programs: set TMPDIR to one that does"
                : null;
    }

    private static String memory(String message) {
        if (message.contains("thread")) {
            return "the system allows no more threads or memory for them; raise its limits (ulimit -u, ulimit -v, or"
                    + " the container's)";
        }
        return "Java's heap of " + Runtime.getRuntime().maxMemory() / MB
                + " MB is too small for this; give it more with UNDERTONE_JVM_OPTS=-Xmx2g";
    }

    private static @Nullable String known(String message) {
        String temporary = System.getProperty("java.io.tmpdir");
        if (message.contains("too many open files")) {
            return "the system allows too few open files; raise the limit with ulimit -n 4096";
        }
        if (message.contains("failed to map segment") || message.contains("operation not permitted")) {
            return "native libraries could not be loaded from " + temporary
                    + ", which does not allow programs (noexec), or memory is short; set TMPDIR to a folder that does";
        }
        if (message.contains("read-only file system")) {
            return "a file had to be written on a read-only file system (temporary folder: " + temporary
                    + "); set TMPDIR to a folder that can be written";
        }
        if (message.contains("no space left")) {
            return "there is no space left on a disk (temporary folder: " + temporary
                    + "); make room, or set TMPDIR to a folder that has some";
        }
        if (message.contains("cannot allocate memory") || message.contains("bad_alloc")) {
            return "the system gives no more memory; raise its limit (ulimit -v, or the container's)";
        }
        return null;
    }
}
