package io.undertone.window;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Values of a window as a byte each: for each coefficient a step in which all of its rows can be counted from the lowest with 255. Of rows
 * whose c1 goes from -90 to 35, c1 is rounded to multiples of 0.5 and written as 0 to 250 above -180 halves. Steps have four
 * significant bits, so that multiples of them are exact. Rounding is done once, where windows are made; from there on, to bytes and
 * back, nothing is lost. Stateless, thread-safe.
 *
 * <p>Scales are four bytes for each coefficient, little-endian: its lowest value in steps, a short, and the step in half precision.
 */
public final class ByteGrid {
    /** Bytes of a coefficient's scale. */
    public static final int SCALE_BYTES = 2 * Short.BYTES;

    private static final int STEPS = 255;
    private static final float LEAST_STEP = 0x1p-10f;
    private static final float MOST_STEP = 0x1p10f;
    private static final int BITS_BELOW_FIRST = 20;
    /** The step that values were rounded to is the least that suits what they have become, or one of the next. */
    private static final int TRIES = 4;
    /** What is added to it loses all that is less than one. */
    private static final float ONES = 0x1.8p23f;

    private ByteGrid() {}

    /** Rounds {@code [rows][width]} values to those that bytes can hold. */
    static void round(float[] values, int width) {
        for (int column = 0; column < width; column++) {
            // A step less than there is room for: what is rounded may lie half a step beyond on either side.
            float lowest = lowest(values, column, width);
            float highest = highest(values, column, width);
            float step = step(lowest, highest, STEPS - 1, Short.MAX_VALUE - 1);
            for (int i = column; i < values.length; i += width) {
                values[i] = whole(values[i] / step) * step;
            }
        }
    }

    /** The nearest whole number, of two the even one, up to 2^22 on either side: several times as fast as {@link Math#round(float)}. */
    static float whole(float value) {
        return value + ONES - ONES;
    }

    // Comparisons are several times as fast here as Math.min and Math.max, which look for negative zeros.
    private static float lowest(float[] values, int column, int width) {
        float lowest = values[column];
        for (int i = column; i < values.length; i += width) {
            if (values[i] < lowest) {
                lowest = values[i];
            }
        }
        return lowest;
    }

    private static float highest(float[] values, int column, int width) {
        float highest = values[column];
        for (int i = column; i < values.length; i += width) {
            if (values[i] > highest) {
                highest = values[i];
            }
        }
        return highest;
    }

    /** The least step of which so many suffice. */
    private static float step(float lowest, float highest, int mostSteps, int mostLowest) {
        return notBelow(Math.max(LEAST_STEP, Math.max((highest - lowest) / mostSteps, Math.abs(lowest) / mostLowest)));
    }

    /** The next number of four significant bits. */
    private static float notBelow(float value) {
        int bits = Float.floatToRawIntBits(value) + (1 << BITS_BELOW_FIRST) - 1;
        return Float.intBitsToFloat(bits >>> BITS_BELOW_FIRST << BITS_BELOW_FIRST);
    }

    /** The scales of {@code [rows][width]} values; null where bytes cannot hold each of them exactly. */
    public static byte @Nullable [] scales(float[] values, int width) {
        ByteBuffer scales = ByteBuffer.allocate(width * SCALE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int column = 0; column < width; column++) {
            float lowest = lowest(values, column, width);
            float step = step(lowest, highest(values, column, width), STEPS, Short.MAX_VALUE);
            int tries = 1;
            while (!areMultiples(values, column, width, step)) {
                if (tries++ == TRIES || !(step <= MOST_STEP)) {
                    return null;
                }
                step = notBelow(Math.nextUp(step));
            }
            scales.putShort((short) whole(lowest / step)).putShort(Half.toHalf(step));
        }
        return scales.array();
    }

    private static boolean areMultiples(float[] values, int column, int width, float step) {
        for (int i = column; i < values.length; i += width) {
            if (whole(values[i] / step) * step != values[i]) {
                return false;
            }
        }
        return true;
    }

    /** The values as bytes, by their {@link #scales}. */
    public static byte[] toBytes(float[] values, byte[] scales) {
        ByteBuffer source = ByteBuffer.wrap(scales).order(ByteOrder.LITTLE_ENDIAN);
        int width = scales.length / SCALE_BYTES;
        byte[] bytes = new byte[values.length];
        for (int column = 0; column < width; column++) {
            int lowest = source.getShort();
            float step = Half.toFloat(source.getShort());
            for (int i = column; i < values.length; i += width) {
                bytes[i] = (byte) ((int) whole(values[i] / step) - lowest);
            }
        }
        return bytes;
    }

    /**
     * The values of bytes.
     *
     * @param bytes {@code [rows][width]}, from its position to its limit
     * @param scales of each of the {@code width} coefficients
     */
    public static float[] toFloats(ByteBuffer bytes, ByteBuffer scales) {
        ByteBuffer source = scales.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int width = source.remaining() / SCALE_BYTES;
        float[] values = new float[bytes.remaining()];
        int start = bytes.position();
        for (int column = 0; column < width; column++) {
            int lowest = source.getShort();
            float step = Half.toFloat(source.getShort());
            for (int i = column; i < values.length; i += width) {
                values[i] = (lowest + (bytes.get(start + i) & 0xff)) * step;
            }
        }
        return values;
    }
}
