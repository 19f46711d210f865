package io.undertone.audio;

import java.io.IOException;

/** A file of a format that this package does not read, or a damaged one. The message names the file, the rule, the value and a remedy. */
public final class AudioFileException extends IOException {
    private static final long serialVersionUID = 1;

    AudioFileException(String file, String what) {
        super(file + ": " + what);
    }

    AudioFileException(String file, String what, Throwable cause) {
        super(file + ": " + what, cause);
    }
}
