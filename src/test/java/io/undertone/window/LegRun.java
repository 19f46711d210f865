package io.undertone.window;

import io.undertone.features.FeatureSpec;
import io.undertone.ingest.Chunk;
import io.undertone.ingest.ChunkRefusedException;
import io.undertone.ingest.EndReason;
import io.undertone.ingest.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A leg from its first chunk to its end, and what came of it. */
final class LegRun {
    final List<Window> windows = new ArrayList<>();
    final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    final LegReport report;
    int refused;
    int largestState;

    LegRun(FeatureSpec spec, LegSettings settings, List<Chunk> chunks) {
        this(spec, settings, chunks, () -> false);
    }

    /** @param restart asked after each chunk whether the leg goes through its bytes */
    LegRun(FeatureSpec spec, LegSettings settings, List<Chunk> chunks, BooleanSupplier restart) {
        long nowMs = Audio.STARTED_AT_MS;
        Leg leg = Leg.open(spec, settings, chunks.get(0), nowMs);
        for (Chunk chunk : chunks) {
            try {
                outcomes.merge(leg.accept(chunk, nowMs, windows::add), 1, Integer::sum);
            } catch (ChunkRefusedException e) {
                refused++;
            }
            if (restart.getAsBoolean()) {
                byte[] bytes = leg.toBytes();
                largestState = Math.max(largestState, bytes.length);
                leg = Leg.fromBytes(spec, settings, bytes);
            }
        }
        report = leg.end(leg.complete() ? EndReason.LAST_CHUNK : EndReason.IDLE, windows::add);
    }

    /** All that must not depend on how the audio was cut: everything but {@code capturedAtMs}. */
    List<String> exact() {
        List<String> exact = new ArrayList<>();
        for (Window window : windows) {
            StringBuilder line = new StringBuilder();
            line.append(window.index())
                    .append(' ')
                    .append(window.startMs())
                    .append(' ')
                    .append(window.endMs());
            line.append(' ').append(window.speechRatio()).append(' ').append(window.levelDb());
            for (int i = 0; i < window.length(); i++) {
                line.append(' ').append(Integer.toHexString(Float.floatToRawIntBits(window.get(i))));
            }
            exact.add(line.toString());
        }
        return exact;
    }
}
