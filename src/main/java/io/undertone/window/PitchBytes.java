package io.undertone.window;

import io.undertone.features.PitchSpec;

/**
 * The pitch of one frame as two bytes: octaves in steps of an 80th, 0.15 of a semitone, and voicing in steps of a 255th. Stateless.
 */
public final class PitchBytes {
    /** Bytes of a frame. */
    public static final int BYTES = 2;

    private static final int PER_VOICING = 255;

    private PitchBytes() {}

    /** Writes {@link #BYTES} of them; octaves beyond 1.58 on either side become that. */
    public static void write(float octaves, float voicing, byte[] target, int offset) {
        float steps = Math.max(-Byte.MAX_VALUE, Math.min(Byte.MAX_VALUE, octaves * PitchSpec.STEPS_PER_OCTAVE));
        target[offset] = (byte) ByteGrid.whole(steps);
        target[offset + 1] = (byte) (int) ByteGrid.whole(voicing * PER_VOICING);
    }

    /** Octaves of the two bytes there. */
    public static float octaves(byte[] source, int offset) {
        return source[offset] / (float) PitchSpec.STEPS_PER_OCTAVE;
    }

    /** Voicing of the two bytes there. */
    public static float voicing(byte[] source, int offset) {
        return (source[offset + 1] & 0xff) / (float) PER_VOICING;
    }
}
