package io.undertone.window;

import io.undertone.features.FeatureSpec;
import io.undertone.features.FrontEnd;
import io.undertone.ingest.Chunk;
import io.undertone.ingest.ChunkOrder;
import io.undertone.ingest.ChunkRefusedException;
import io.undertone.ingest.EndReason;
import io.undertone.ingest.Outcome;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * One leg from chunks to windows: order, gaps and duplicates, then windows of features. The result depends only on the chunks, their
 * order and the given times; cut into other chunks, the same audio gives the same windows, bit for bit (except for
 * {@code capturedAtMs}, which is as exact as the chunks' times in ms). Not thread-safe.
 *
 * <p>Times within the leg count from its first received sample: a leg joined late, at a position over 0, begins at 0 ms there. Missing
 * audio up to {@code maxGapMs} is filled with silence; after a longer gap, windows restart and their numbers continue.
 */
public final class Leg {
    private static final byte VERSION = 6;

    /** With levels in half precision. */
    private static final byte FIFTH_VERSION = 5;

    /** With energies in half precision too. */
    private static final byte FOURTH_VERSION = 4;

    /** Without positions that restart. */
    private static final byte THIRD_VERSION = 3;

    /** Without a count of windows without a voice: all that passed the speech gate was speech. */
    private static final byte SECOND_VERSION = 2;

    /** With space for gaps that did not exist, and with all frames. */
    private static final byte FIRST_VERSION = 1;

    // Flags of the second byte.
    private static final byte ENDED = 1;
    private static final byte FRAMES_APART = 2;
    private static final int HEADER_BYTES = 1 + 1 + Long.BYTES + Integer.BYTES + 4 * Long.BYTES;
    private static final int DECODED_SAMPLES = 4_096;
    private static final ThreadLocal<float[]> DECODED = ThreadLocal.withInitial(() -> new float[DECODED_SAMPLES]);

    private final FrontEnd frontEnd;
    private final LegSettings settings;
    private final int sampleRateHz;
    private final ChunkOrder order;
    private final LegAnalyzer analyzer;
    private final LegFrames frames;

    private boolean ended;
    private boolean ofAnotherSpec;
    private long startedAtMs;
    private long lastHeardMs;

    // The time of one sample, from which those of missing samples are extrapolated.
    private long clockPosition;
    private long clockMs;

    private Leg(FeatureSpec spec, LegSettings settings, int sampleRateHz) {
        this.frontEnd = FrontEnd.of(spec);
        this.settings = settings;
        this.sampleRateHz = sampleRateHz;
        this.order = new ChunkOrder(sampleRateHz, settings.maxDisorderMs());
        this.analyzer = new LegAnalyzer(spec, sampleRateHz, settings.minSpeechRatio());
        this.frames = new LegFrames(analyzer);
    }

    /**
     * Opens a leg before its first chunk, which {@link #accept} must be given next.
     *
     * @param first sets the leg's sample rate
     * @param nowMs when it was received, epoch ms
     */
    public static Leg open(FeatureSpec spec, LegSettings settings, Chunk first, long nowMs) {
        Leg leg = new Leg(spec, settings, first.sampleRateHz());
        leg.startedAtMs = first.capturedAtMs();
        leg.lastHeardMs = nowMs;
        return leg;
    }

    /**
     * Accepts a chunk.
     *
     * @param nowMs when it was received, epoch ms
     * @param windows gets each window that the chunk completes, in order
     * @return what became of it
     * @throws ChunkRefusedException if its rate differs from the leg's, or its position contradicts its time of capture or the received
     *     audio; the leg continues
     */
    public Outcome accept(Chunk chunk, long nowMs, Consumer<Window> windows) throws ChunkRefusedException {
        if (ended) {
            return order.countAfterEnd();
        }
        Outcome outcome = order.accept(chunk, nowMs, new Feed(windows));
        lastHeardMs = Math.max(lastHeardMs, nowMs);
        return outcome;
    }

    /**
     * Gives up audio that has been missing for longer than the allowed disorder, so that chunks held behind it are analysed even if nothing
     * more arrives. To be called periodically.
     */
    public void flushHeld(long nowMs, Consumer<Window> windows) {
        order.flush(nowMs, new Feed(windows));
    }

    /** Whether chunks are held because audio before them is missing. */
    public boolean holding() {
        return order.holding();
    }

    /** Whether the last chunk and all before it were received or given up: {@link #end} may be called. */
    public boolean complete() {
        return order.complete();
    }

    /**
     * Ends the leg: held chunks are analysed, and the remaining audio gives a shorter window if it has enough speech.
     *
     * @throws IllegalStateException if it has ended already
     */
    public LegReport end(EndReason reason, Consumer<Window> windows) {
        if (ended) {
            throw new IllegalStateException("a leg ends once: it has ended already");
        }
        order.giveUpAll(new Feed(windows));
        analyzer.finish(windows);
        ended = true;
        return new LegReport(
                reason,
                startedAtMs,
                toMs(order.samples()),
                analyzer.speechMs(),
                analyzer.windows(),
                analyzer.silentWindows(),
                analyzer.notSpeechWindows(),
                order.gaps(),
                toMs(order.gapSamples()),
                order.chunks(),
                order.used(),
                order.duplicate(),
                order.late(),
                order.afterEnd(),
                order.refused(),
                order.restarts(),
                order.contradicting());
    }

    /** How often positions restarted within the leg. */
    public int restarts() {
        return order.restarts();
    }

    /** Chunks whose audio differs from the received audio at their position: a second source publishes to the leg. */
    public int contradicting() {
        return order.contradicting();
    }

    /** Whether {@link #end} was called; later chunks are {@link Outcome#AFTER_END}. */
    public boolean ended() {
        return ended;
    }

    /** Windows so far, including those not emitted: the index of the next. */
    public int nextIndex() {
        return analyzer.nextIndex();
    }

    /** Skips window numbers below this one: an earlier owner of this leg has used them. */
    public void skipTo(int index) {
        analyzer.skipTo(index);
    }

    /** Whether its state was of another feature spec, so that its windows restarted. */
    public boolean ofAnotherSpec() {
        return ofAnotherSpec;
    }

    /** When the last chunk was received, epoch ms. */
    public long lastHeardMs() {
        return lastHeardMs;
    }

    private long toMs(long samples) {
        return samples * 1000 / sampleRateHz;
    }

    /** The state that {@link #fromBytes} needs: some KB, and some 100 bytes once the leg has ended. */
    public byte[] toBytes() {
        return toBytes(false);
    }

    /**
     * The same state without the frames that {@link LegFrames} gives separately: some 500 bytes for a mu-law leg whose windows have a row for
     * each frame.
     */
    public byte[] headToBytes() {
        return toBytes(true);
    }

    private byte[] toBytes(boolean framesApart) {
        int most = HEADER_BYTES + order.stateBytes() + (ended ? 0 : analyzer.stateBytes(framesApart));
        ByteBuffer target = ByteBuffer.allocate(most);
        target.put(VERSION).put((byte) ((ended ? ENDED : 0) | (framesApart ? FRAMES_APART : 0)));
        target.putLong(frontEnd.fingerprint()).putInt(sampleRateHz);
        target.putLong(startedAtMs).putLong(lastHeardMs).putLong(clockPosition).putLong(clockMs);
        order.writeTo(target);
        if (!ended) {
            analyzer.writeTo(target, framesApart);
        }
        return target.position() == most ? target.array() : Arrays.copyOf(target.array(), target.position());
    }

    /**
     * Restores a leg from {@link #toBytes()} or {@link #headToBytes()}; in the latter case its {@link #frames()} must still be
     * read. If the state is of another feature spec, order, gaps, counts and window numbers
     * continue, and windows restart: with 3 s windows every 1 s, after windows 0 to 8, window 9 is that of the next
     * 3 s.
     *
     * @throws IllegalArgumentException if the state is of another version: such a leg cannot continue
     */
    public static Leg fromBytes(FeatureSpec spec, LegSettings settings, byte[] bytes) {
        ByteBuffer source = ByteBuffer.wrap(bytes);
        byte version = source.get();
        if (version < FIRST_VERSION || version > VERSION) {
            throw new IllegalArgumentException("leg state must be of version 1 to " + VERSION + ": version=" + version
                    + "; it was written by another release, reset the state store");
        }
        byte flags = source.get();
        boolean ended = (flags & ENDED) != 0;
        long fingerprint = source.getLong();
        Leg leg = new Leg(spec, settings, source.getInt());
        leg.ended = ended;
        leg.startedAtMs = source.getLong();
        leg.lastHeardMs = source.getLong();
        leg.clockPosition = source.getLong();
        leg.clockMs = source.getLong();
        leg.order.readFrom(source, version == FIRST_VERSION, version > THIRD_VERSION);
        boolean heardAll = version <= SECOND_VERSION;
        leg.ofAnotherSpec = fingerprint != leg.frontEnd.fingerprint();
        if (!ended && leg.ofAnotherSpec) {
            leg.analyzer.readFromAnotherSpec(source, leg.toMs(leg.order.samples()), heardAll);
        } else if (!ended) {
            leg.analyzer.readFrom(source, (flags & FRAMES_APART) != 0, heardAll, frameFormat(version));
        }
        return leg;
    }

    private static FrameFormat frameFormat(byte version) {
        if (version <= FOURTH_VERSION) {
            return FrameFormat.HALVES;
        }
        return version == FIFTH_VERSION ? FrameFormat.HALF_LEVELS : FrameFormat.CURRENT;
    }

    /** Its latest frames, which a store keeps separately. */
    public LegFrames frames() {
        return frames;
    }

    /** Passes audio, in order, to the analyzer. */
    private final class Feed implements ChunkOrder.Sink {
        private final Consumer<Window> windows;

        Feed(Consumer<Window> windows) {
            this.windows = windows;
        }

        @Override
        public void audio(Chunk chunk, int from, int count) {
            if (chunk.position() + from == order.start()) {
                startedAtMs = chunk.capturedAtMs();
            }
            clockPosition = chunk.position();
            clockMs = chunk.capturedAtMs();
            float[] decoded = DECODED.get();
            for (int done = 0; done < count; done += DECODED_SAMPLES) {
                int part = Math.min(DECODED_SAMPLES, count - done);
                chunk.decode(from + done, part, decoded, 0);
                analyzer.accept(decoded, 0, part, capturedAtMs(chunk.position() + from + done), windows);
            }
        }

        @Override
        public void gap(long position, long samples) {
            if (toMs(samples) > settings.maxGapMs()) {
                analyzer.restart(toMs(position + samples - order.start()), windows);
                return;
            }
            float[] silence = DECODED.get();
            Arrays.fill(silence, 0);
            for (long done = 0; done < samples; done += DECODED_SAMPLES) {
                int part = (int) Math.min(DECODED_SAMPLES, samples - done);
                analyzer.accept(silence, 0, part, capturedAtMs(position + done), windows);
            }
        }

        private long capturedAtMs(long position) {
            return clockMs + ((position - clockPosition) * 1000 + sampleRateHz / 2) / sampleRateHz;
        }
    }
}
