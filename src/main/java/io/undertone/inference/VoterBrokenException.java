package io.undertone.inference;

import org.jspecify.annotations.Nullable;

/** A voter that answers about nothing any more, where inference must not go on without it. */
public final class VoterBrokenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    VoterBrokenException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
