package io.undertone.training.hearing;

import io.undertone.features.FeatureSpec;
import io.undertone.ingest.Chunk;
import io.undertone.ingest.ChunkRefusedException;
import io.undertone.ingest.EndReason;
import io.undertone.training.condition.LineAudio;
import io.undertone.window.Leg;
import io.undertone.window.LegReport;
import io.undertone.window.LegSettings;
import io.undertone.window.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The far end of a line: feeds the received audio into the same leg code that serves live calls, in chunks of 200 ms, or of 20 ms if
 * packets are lost, and returns the windows with enough speech. Immutable, thread-safe.
 */
public final class FarEnd {
    private static final int PACKETS_PER_CHUNK = 10;
    private static final int PACKET_MS = 20;

    private final FeatureSpec spec;
    private final LegSettings settings;

    public FarEnd(FeatureSpec spec, LegSettings settings) {
        this.spec = spec;
        this.settings = settings;
    }

    /** The windows of a recording at the far end; none if it holds too little speech. */
    public List<Window> windows(LineAudio audio) {
        return hear(audio).windows();
    }

    /** The result for a recording at the far end. */
    public HeardLine hear(LineAudio audio) {
        List<Window> windows = new ArrayList<>();
        int step = audio.hasLosses() ? 1 : PACKETS_PER_CHUNK;
        Leg leg = null;
        try {
            for (int packet = 0; packet < audio.packets(); packet += step) {
                if (audio.isLost(packet)) {
                    continue;
                }
                Chunk chunk = chunk(audio, packet, step);
                if (leg == null) {
                    leg = Leg.open(spec, settings, chunk, chunk.capturedAtMs());
                }
                leg.accept(chunk, chunk.capturedAtMs(), windows::add);
            }
        } catch (ChunkRefusedException e) {
            throw new IllegalStateException("a line's chunks must be taken: " + e.getMessage(), e);
        }
        if (leg == null) {
            return new HeardLine(windows, 0, 0, 0);
        }
        LegReport report = leg.end(EndReason.LAST_CHUNK, windows::add);
        return new HeardLine(windows, report.durationMs(), report.silentWindows(), report.notSpeechWindows());
    }

    private static Chunk chunk(LineAudio audio, int packet, int packets) throws ChunkRefusedException {
        int from = packet * audio.packetBytes();
        int to = Math.min(audio.audio().length, from + packets * audio.packetBytes());
        return Chunk.of(
                from / audio.format().bytesPerSample(),
                (long) packet * PACKET_MS,
                audio.format(),
                audio.sampleRateHz(),
                Arrays.copyOfRange(audio.audio(), from, to),
                false,
                Integer.MAX_VALUE);
    }
}
