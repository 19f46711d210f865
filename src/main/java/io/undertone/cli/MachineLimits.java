package io.undertone.cli;

import io.undertone.failure.Causes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Explains failures caused by the machine's limits: the scarce resource and the setting that fixes it.
 *
 * @param temporary the folder that native libraries are unpacked into
 * @param writable whether files can be created in it
 * @param freeBytes free space in it
 * @param addressSpaceBytes limit of the process' address space; empty: unlimited
 */
record MachineLimits(Path temporary, boolean writable, long freeBytes, OptionalLong addressSpaceBytes) {
    /** Native libraries take 45 MB. */
    static final long NEEDED_BYTES = 64L << 20;

    private static final int MB = 1 << 20;
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String ADDRESS_SPACE = "Max address space";

    /** The current limits of this process. */
    static MachineLimits now() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        return new MachineLimits(
                temporary, Files.isWritable(temporary), temporary.toFile().getUsableSpace(), addressSpace());
    }

    private static OptionalLong addressSpace() {
        try {
            return addressSpace(Files.readString(LIMITS));
        } catch (IOException e) {
            // Not Linux, or no more files can be opened.
            return OptionalLong.empty();
        }
    }

    /** The address space limit in {@code /proc/self/limits}. */
    static OptionalLong addressSpace(String limits) {
        return limits.lines()
                .filter(line -> line.startsWith(ADDRESS_SPACE))
                .map(line -> line.substring(ADDRESS_SPACE.length()).trim().split("\\s+")[0])
                .filter(soft -> !soft.equals("unlimited"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    /** An explanation in one sentence; null for other failures. */
    @Nullable
    String describe(Throwable failure) {
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
        // When a class's initialisation failed before, later errors give only its name.
        return linking ? linking(failure) : null;
    }

    private static String memory(String message) {
        if (message.contains("thread")) {
            return "the system allows no more threads or memory for them; raise its limits (ulimit -u, ulimit -v, or"
                    + " the container's)";
        }
        if (message.contains("direct buffer")) {
            return "Java may have too little memory beside its heap; leave -XX:MaxDirectMemorySize out, or give it more"
                    + " with UNDERTONE_JVM_OPTS=-XX:MaxDirectMemorySize=256m";
        }
        if (message.contains("Metaspace") || message.contains("class space")) {
            return "Java may have too little memory for classes; leave -XX:MaxMetaspaceSize out, or give it more with"
                    + " UNDERTONE_JVM_OPTS=-XX:MaxMetaspaceSize=256m";
        }
        return "Java's heap of " + Runtime.getRuntime().maxMemory() / MB
                + " MB is too small for this; give it more with UNDERTONE_JVM_OPTS=-Xmx2g";
    }

    private @Nullable String known(String message) {
        if (message.contains("too many open files")) {
            return "the system allows too few open files; raise the limit with ulimit -n 4096";
        }
        if (message.contains("failed to map segment") || message.contains("operation not permitted")) {
            return addressSpaceBytes.isPresent()
                    ? tooLittleAddressSpace()
                    : "native libraries could not be loaded from " + temporary
                            + ", which does not allow programs (noexec), or memory is short; set TMPDIR to a folder that does";
        }
        if (message.contains("read-only file system")) {
            return readOnly();
        }
        if (message.contains("no space left")) {
            return noSpace();
        }
        if (message.contains("cannot allocate memory") || message.contains("bad_alloc")) {
            return addressSpaceBytes.isPresent()
                    ? tooLittleAddressSpace()
                    : "the system gives no more memory; raise its limit (the container's, say)";
        }
        return null;
    }

    private String linking(Throwable failure) {
        if (!writable) {
            return readOnly();
        }
        if (freeBytes < NEEDED_BYTES) {
            return noSpace();
        }
        return "a native library could not be loaded: " + Causes.innermost(failure)
                + "; it must fit this machine, and the temporary folder " + temporary
                + " allow programs: set TMPDIR to one that does";
    }

    private String tooLittleAddressSpace() {
        return "the system allows " + addressSpaceBytes.orElse(0) / MB
                + " MB of address space, which is too little here; raise ulimit -v, or limit memory by a container";
    }

    private String readOnly() {
        return "a file had to be written on a read-only file system (temporary folder: " + temporary
                + "); set TMPDIR to a folder that can be written";
    }

    private String noSpace() {
        return "there is no space left on a disk (temporary folder: " + temporary
                + "); make room, or set TMPDIR to a folder that has some";
    }
}
