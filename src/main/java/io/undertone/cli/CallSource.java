package io.undertone.cli;

import io.undertone.config.UndertoneConfig;
import java.io.IOException;

/** What brings the demo's call to Kafka. */
interface CallSource {
    /** Plays the call to its end. */
    void play(UndertoneConfig config) throws IOException, InterruptedException;
}
