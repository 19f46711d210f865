package io.undertone.training.network;

import java.nio.ByteBuffer;

/** Arrays of floats with their lengths, in a learner's state. */
final class FloatState {
    private FloatState() {}

    static void put(ByteBuffer buffer, float[] values) {
        buffer.putInt(values.length);
        for (float value : values) {
            buffer.putFloat(value);
        }
    }

    static float[] get(ByteBuffer buffer) {
        float[] values = new float[buffer.getInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = buffer.getFloat();
        }
        return values;
    }
}
