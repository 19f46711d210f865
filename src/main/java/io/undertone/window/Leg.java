package io.undertone.window;

import io.undertone.features.FeatureSpec;
import io.undertone.ingest.Chunk;
import io.undertone.ingest.ChunkRefusedException;
import io.undertone.ingest.EndReason;
import io.undertone.ingest.Outcome;
import java.util.function.Consumer;

/**
 * One leg from chunks to windows: order, gaps and duplicates, then windows of features. What comes out depends on the chunks, their
 * order and the times given, on nothing else. Not thread-safe.
 */
public final class Leg {
    private Leg() {}

    /**
     * A leg that is about to take its first chunk; hand that to {@link #accept} next.
     *
     * @param first sets the leg's sample rate
     * @param nowMs when it came, epoch ms
     */
    public static Leg open(FeatureSpec spec, LegSettings settings, Chunk first, long nowMs) {
        throw new UnsupportedOperationException();
    }

    /** The leg whose {@link #toBytes()} these are. */
    public static Leg fromBytes(FeatureSpec spec, LegSettings settings, byte[] bytes) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes a chunk.
     *
     * @param nowMs when it came, epoch ms
     * @param windows gets each window that the chunk completes, in order
     * @return what became of it
     * @throws ChunkRefusedException where its rate is another than the leg's; the leg goes on
     */
    public Outcome accept(Chunk chunk, long nowMs, Consumer<Window> windows) throws ChunkRefusedException {
        throw new UnsupportedOperationException();
    }

    /**
     * Gives up audio that has been missing for longer than the disorder allowed, so that what is held behind it goes on though nothing
     * more comes. To be called now and then by the clock.
     */
    public void flushHeld(long nowMs, Consumer<Window> windows) {
        throw new UnsupportedOperationException();
    }

    /** Whether chunks are held because audio before them is missing. */
    public boolean holding() {
        throw new UnsupportedOperationException();
    }

    /** Whether the last chunk and all before it came or were given up: the time for {@link #end}. */
    public boolean complete() {
        throw new UnsupportedOperationException();
    }

    /**
     * Ends the leg: what is held is analysed, what is left over gives a shorter window where it holds enough speech.
     *
     * @throws IllegalStateException where it has ended already
     */
    public LegReport end(EndReason reason, Consumer<Window> windows) {
        throw new UnsupportedOperationException();
    }

    /** Whether {@link #end} was called; chunks that still come are {@link Outcome#AFTER_END}. */
    public boolean ended() {
        throw new UnsupportedOperationException();
    }

    /** Windows so far, silent ones included: the index of the next. */
    public int nextIndex() {
        throw new UnsupportedOperationException();
    }

    /** When the last chunk came, epoch ms. */
    public long lastHeardMs() {
        throw new UnsupportedOperationException();
    }

    /** Everything needed to go on, for {@link #fromBytes}: some KB, and less than 100 bytes once it has ended. */
    public byte[] toBytes() {
        throw new UnsupportedOperationException();
    }
}
