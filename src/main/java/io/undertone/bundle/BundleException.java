package io.undertone.bundle;

import java.nio.file.Path;

/** A bundle that can't be used: its message names the file, the broken rule and the remedy. */
public final class BundleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param file the offending file or folder
     * @param rule the broken rule, with the value
     * @param remedy how to fix it
     */
    public BundleException(Path file, String rule, String remedy) {
        super(file + ": " + rule + "; " + remedy);
    }

    BundleException(Path file, String rule, String remedy, Throwable cause) {
        super(file + ": " + rule + "; " + remedy, cause);
    }
}
