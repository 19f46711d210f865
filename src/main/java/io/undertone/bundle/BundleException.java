package io.undertone.bundle;

import java.nio.file.Path;

/** A bundle that can't be used: its message names the file, the rule that it breaks and the remedy. */
public final class BundleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param file what is wrong
     * @param rule what does not hold, with the value
     * @param remedy what to do about it
     */
    public BundleException(Path file, String rule, String remedy) {
        super(file + ": " + rule + "; " + remedy);
    }

    BundleException(Path file, String rule, String remedy, Throwable cause) {
        super(file + ": " + rule + "; " + remedy, cause);
    }
}
