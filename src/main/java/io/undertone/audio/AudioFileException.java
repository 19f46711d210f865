package io.undertone.audio;

import java.io.IOException;

/** A file that is no audio this package reads, or a damaged one. The message names the file, the rule, the value and a remedy. */
public final class AudioFileException extends IOException {
    private static final long serialVersionUID = 1;

    AudioFileException(String file, String what) {
        super(file + ": " + what);
    }

    AudioFileException(String file, String what, Throwable cause) {
        super(file + ": " + what, cause);
    }
}
