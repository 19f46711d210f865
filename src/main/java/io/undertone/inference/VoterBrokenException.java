package io.undertone.inference;

import org.jspecify.annotations.Nullable;

/** A voter fails on every window, and inference must not continue without it. */
public final class VoterBrokenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    VoterBrokenException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
