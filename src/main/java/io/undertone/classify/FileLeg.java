package io.undertone.classify;

import io.undertone.audio.AudioStream;
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
        try {
            List<FileLeg> legs = of(recording.stream(), List.of(channel), spec, settings, startedAtMs);
            if (legs.isEmpty()) {
                throw new IllegalArgumentException("recording must hold a sample: samples=0");
            }
            return legs.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException("a recording in memory can be read", e);
        }
    }

    /**
     * Analyses channels side by side while they are read.
     *
     * @param startedAtMs when the first sample was spoken, epoch ms
     * @return one leg for each channel; empty: there was no audio
     * @throws ChunkRefusedException where there are samples that are not finite
     */
    public static List<FileLeg> of(
            AudioStream audio, List<Integer> channels, FeatureSpec spec, LegSettings settings, long startedAtMs)
            throws IOException, ChunkRefusedException {
        List<List<Window>> windows = new ArrayList<>();
        List<CallFeed.Channel> feed = new ArrayList<>();
        for (int channel : channels) {
            List<Window> of = new ArrayList<>();
            windows.add(of);
            feed.add(new CallFeed.Channel(channel, of::add));
        }
        List<LegReport> reports = new CallFeed(spec, settings, startedAtMs).run(audio, feed);
        List<FileLeg> legs = new ArrayList<>();
        for (int i = 0; i < reports.size(); i++) {
            legs.add(new FileLeg(windows.get(i), reports.get(i)));
        }
        return legs;
    }
}
