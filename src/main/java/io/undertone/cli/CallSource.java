package io.undertone.cli;

import io.undertone.config.UndertoneConfig;
import java.io.IOException;

/** The source of the demo's call. */
interface CallSource {
    /** Plays the call to its end. */
    void play(UndertoneConfig config) throws IOException, InterruptedException;
}
