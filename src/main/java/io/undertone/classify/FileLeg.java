package io.undertone.classify;

import io.undertone.audio.Recording;
import io.undertone.features.FeatureSpec;
import io.undertone.ingest.ChunkRefusedException;
import io.undertone.window.LegReport;
import io.undertone.window.LegSettings;
import io.undertone.window.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One channel of a recording in memory, taken through the code that serves.
 *
 * @param windows its windows with speech, in order
 * @param report how it ended and what it held
 */
public record FileLeg(List<Window> windows, LegReport report) {
    /**
     * Analyses a channel.
     *
     * @param startedAtMs when its first sample was spoken, epoch ms
     * @throws ChunkRefusedException where it holds samples that are not finite
     */
    public static FileLeg of(Recording recording, int channel, FeatureSpec spec, LegSettings settings, long startedAtMs)
            throws ChunkRefusedException {
        List<Window> windows = new ArrayList<>();
        try {
            List<LegReport> reports = new CallFeed(spec, settings, startedAtMs)
                    .run(recording.stream(), List.of(new CallFeed.Channel(channel, windows::add)));
            if (reports.isEmpty()) {
                throw new IllegalArgumentException("recording must hold a sample: samples=0");
            }
            return new FileLeg(windows, reports.get(0));
        } catch (IOException e) {
            throw new UncheckedIOException("a recording in memory can be read", e);
        }
    }
}
