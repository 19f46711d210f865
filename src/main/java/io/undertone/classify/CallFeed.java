package io.undertone.classify;

import io.undertone.audio.AudioStream;
import io.undertone.audio.SampleFormat;
import io.undertone.features.FeatureSpec;
import io.undertone.ingest.Chunk;
import io.undertone.ingest.ChunkRefusedException;
import io.undertone.ingest.EndReason;
import io.undertone.source.AudioWindow;
import io.undertone.source.Chunking;
import io.undertone.window.Leg;
import io.undertone.window.LegReport;
import io.undertone.window.LegSettings;
import io.undertone.window.Window;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes channels of an audio stream side by side through the code that serves: what Kafka would carry as chunks goes straight to their legs, a second at
 * a time, and no more of the audio is held.
 */
final class CallFeed {
    private static final int CHUNK_MS = 1_000;

    private final FeatureSpec spec;
    private final LegSettings settings;
    private final long startedAtMs;

    /** @param startedAtMs when the first sample was spoken, epoch ms */
    CallFeed(FeatureSpec spec, LegSettings settings, long startedAtMs) {
        this.spec = spec;
        this.settings = settings;
        this.startedAtMs = startedAtMs;
    }

    /** One channel, and what takes its windows with speech, in order. */
    record Channel(int index, Consumer<Window> windows) {}

    /**
     * Analyses channels.
     *
     * @return how each leg ended and what it held, in the order of {@code channels}; empty: there was no audio
     * @throws ChunkRefusedException where there are samples that are not finite
     */
    List<LegReport> run(AudioStream audio, List<Channel> channels) throws IOException, ChunkRefusedException {
        int rate = audio.sampleRateHz();
        Chunking chunking = Chunking.every(CHUNK_MS);
        AudioWindow window = new AudioWindow(audio);
        List<Leg> legs = new ArrayList<>();
        long position = 0;
        boolean last = false;
        while (!last) {
            long end = chunking.end(position, rate);
            // Reads one more sample to know whether this chunk is the last.
            long available = window.readTo(end + 1);
            last = available <= end;
            end = Math.min(end, available);
            if (end == position) {
                return List.of();
            }
            long capturedAtMs = startedAtMs + position * 1000 / rate;
            for (int i = 0; i < channels.size(); i++) {
                Channel channel = channels.get(i);
                // The file's own samples, unconverted.
                byte[] samples = window.encode(channel.index(), position, end, SampleFormat.PCM_F32LE);
                Chunk chunk = Chunk.of(
                        position, capturedAtMs, SampleFormat.PCM_F32LE, rate, samples, last, Integer.MAX_VALUE);
                if (legs.size() == i) {
                    legs.add(Leg.open(spec, settings, chunk, capturedAtMs));
                }
                legs.get(i).accept(chunk, capturedAtMs, channel.windows());
            }
            position = end;
            window.forgetBefore(position);
        }
        List<LegReport> reports = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            reports.add(legs.get(i).end(EndReason.LAST_CHUNK, channels.get(i).windows()));
        }
        return List.copyOf(reports);
    }
}
