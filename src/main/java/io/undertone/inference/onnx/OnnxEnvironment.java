package io.undertone.inference.onnx;

import ai.onnxruntime.OrtEnvironment;
import io.undertone.inference.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * ONNX Runtime's environment, of which a process has one. ONNX Runtime 1.29 matches a regular expression against the process's
 * command line when it starts, and recurses at each character: with some 4,000 characters (a long class path, many files) that
 * is more than a Java thread's stack holds, and the process dies of a segmentation fault. So it is started on a separate thread with a stack large enough for the command line.
 */
final class OnnxEnvironment {
    /** Measured: less than 560 bytes of stack per character. */
    private static final long STACK_BYTES_PER_CHARACTER = 1_024;

    private static final long STACK_BYTES = 8 << 20;
    /** Logs a stack trace if its library cannot be unpacked, which the exception reports as well. Referenced here since an unreferenced logger loses its level. */
    private static final Logger LOADING = Logger.getLogger("ai.onnxruntime.OnnxRuntime");

    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private OnnxEnvironment() {}

    /** The environment, started on the first call. */
    static synchronized OrtEnvironment get() {
        LOADING.setLevel(Level.OFF);
        FutureTask<OrtEnvironment> start = new FutureTask<>(OrtEnvironment::getEnvironment);
        long stack = STACK_BYTES + commandLineCharacters() * STACK_BYTES_PER_CHARACTER;
        new Thread(null, start, "undertone-onnx-start", stack).start();
        try {
            return start.get();
        } catch (ExecutionException e) {
            throw new EngineException(
                    "ONNX Runtime must be able to start, its native library fits Linux on x86-64 with glibc 2.28 or later: "
                            + e.getCause(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while ONNX Runtime starts", e);
        }
    }

    private static long commandLineCharacters() {
        try {
            return Files.readAllBytes(COMMAND_LINE).length;
        } catch (IOException e) {
            return 0; // not Linux, where ONNX Runtime reads it
        }
    }
}
