package io.undertone.window;

import java.nio.ByteBuffer;

/**
 * The frames of a leg that future windows need, by number since the last break in its audio: what {@link Leg#headToBytes} leaves
 * out. A frame never changes once it is computed, so a store writes each of them once: with 3 s windows every 1 s, after the window that
 * ends at 7 s, frames from 5 s on are needed, and those from 7 s on are new. None if windows are made of sums. A view of
 * the leg, not thread-safe.
 */
public final class LegFrames {
    private final LegAnalyzer analyzer;

    LegFrames(LegAnalyzer analyzer) {
        this.analyzer = analyzer;
    }

    /** Identifies the stretch since the last break: where it begins, from the leg's first sample, ms. */
    public long stretch() {
        return analyzer.startMs();
    }

    /** Number of the first frame that is needed. */
    public long from() {
        return analyzer.frameBytes(FrameFormat.CURRENT) == 0 ? to() : analyzer.firstFrame();
    }

    /** Number of the next frame. */
    public long to() {
        return analyzer.frames();
    }

    /** Bytes of a frame; 0 if frames cannot be stored separately. */
    public int bytesEach(FrameFormat format) {
        return analyzer.frameBytes(format);
    }

    /** Writes frames {@code [first; to())} in the current format. */
    public void writeTo(ByteBuffer target, long first) {
        analyzer.writeFrames(target, first);
    }

    /**
     * Reads those stored frames that are needed.
     *
     * @param source from its position to its limit
     * @param first number of the first frame there
     */
    public void readFrom(ByteBuffer source, long first, FrameFormat format) {
        analyzer.readFrames(source, first, format);
    }
}
