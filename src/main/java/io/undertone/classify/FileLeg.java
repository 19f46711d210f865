package io.undertone.classify;

import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import io.undertone.features.FeatureSpec;
import io.undertone.ingest.Chunk;
import io.undertone.ingest.ChunkRefusedException;
import io.undertone.ingest.EndReason;
import io.undertone.source.Chunking;
import io.undertone.window.Leg;
import io.undertone.window.LegReport;
import io.undertone.window.LegSettings;
import io.undertone.window.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * One channel of a recording, taken through the code that serves: what Kafka would carry as chunks goes straight to the leg.
 *
 * @param windows its windows with speech, in order
 * @param report how it ended and what it held
 */
public record FileLeg(List<Window> windows, LegReport report) {
    private static final int CHUNK_MS = 1_000;

    /**
     * Analyses a channel.
     *
     * @param startedAtMs when its first sample was spoken, epoch ms
     * @throws ChunkRefusedException where it holds samples that are not finite
     */
    public static FileLeg of(Recording recording, int channel, FeatureSpec spec, LegSettings settings, long startedAtMs)
            throws ChunkRefusedException {
        int rate = recording.sampleRateHz();
        Chunking chunking = Chunking.every(CHUNK_MS);
        List<Window> windows = new ArrayList<>();
        Leg leg = null;
        int position = 0;
        while (position < recording.samples()) {
            int end = (int) Math.min(recording.samples(), chunking.end(position, rate));
            long capturedAtMs = startedAtMs + position * 1000L / rate;
            Chunk chunk = Chunk.of(
                    position,
                    capturedAtMs,
                    // The file's own samples, as they are.
                    SampleFormat.PCM_F32LE,
                    rate,
                    recording.encode(channel, position, end - position, SampleFormat.PCM_F32LE),
                    end == recording.samples(),
                    Integer.MAX_VALUE);
            if (leg == null) {
                leg = Leg.open(spec, settings, chunk, capturedAtMs);
            }
            leg.accept(chunk, capturedAtMs, windows::add);
            position = end;
        }
        if (leg == null) {
            throw new IllegalArgumentException("recording must hold a sample: samples=0");
        }
        return new FileLeg(windows, leg.end(EndReason.LAST_CHUNK, windows::add));
    }
}
