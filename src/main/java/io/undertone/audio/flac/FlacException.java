package io.undertone.audio.flac;

import java.io.IOException;

/** A stream that is not FLAC according to RFC 9639, or a damaged one. The message gives the rule and the value. */
public final class FlacException extends IOException {
    private static final long serialVersionUID = 1;

    FlacException(String what) {
        super(what);
    }

    static void require(boolean holds, String rule) throws FlacException {
        if (!holds) {
            throw new FlacException(rule);
        }
    }
}
