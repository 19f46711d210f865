package io.undertone.window;

/** How a leg's frames are stored: as this release does it, or as an earlier one did. */
public enum FrameFormat {
    /** Levels and energies in half precision. */
    HALVES,
    /** Levels in half precision; energies as bytes above a lowest one, a short; pitch. */
    HALF_LEVELS,
    /** {@link LevelBytes}, {@link LogMelBytes} and {@link PitchBytes}. */
    BYTES;

    /** What this release writes. */
    public static final FrameFormat CURRENT = BYTES;
}
