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
 * <p>Loops go over copies of a row: of such loops the compiler makes vector instructions, minimum and maximum included.
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
        // A step less than there is room for: what is rounded may lie half a step beyond on either side.
        float[] steps = Ranges.of(values, width).steps(STEPS - 1, Short.MAX_VALUE - 1);
        float[] row = new float[width];
        for (int start = 0; start < values.length; start += width) {
            System.arraycopy(values, start, row, 0, width);
            for (int c = 0; c < width; c++) {
                row[c] = whole(row[c] / steps[c]) * steps[c];
            }
            System.arraycopy(row, 0, values, start, width);
        }
    }

    /** The nearest whole number, of two the even one, up to 2^22 on either side: several times as fast as {@link Math#round(float)}. */
    static float whole(float value) {
        return value + ONES - ONES;
    }

    /** The lowest and highest value of each column, NaN passed over unless it comes first. */
    private record Ranges(float[] lowest, float[] highest) {
        static Ranges of(float[] values, int width) {
            ColumnRanges columns = new ColumnRanges();
            columns.of(values, values.length / width, width);
            Ranges ranges = new Ranges(new float[width], new float[width]);
            for (int c = 0; c < width; c++) {
                ranges.lowest[c] = columns.lowest(c);
                ranges.highest[c] = columns.highest(c);
                if (Float.isNaN(ranges.lowest[c])) {
                    ranges.compare(values, c);
                }
            }
            return ranges;
        }

        private void compare(float[] values, int column) {
            lowest[column] = values[column];
            highest[column] = values[column];
            for (int i = column; i < values.length; i += lowest.length) {
                if (values[i] < lowest[column]) {
                    lowest[column] = values[i];
                }
                if (values[i] > highest[column]) {
                    highest[column] = values[i];
                }
            }
        }

        float[] steps(int mostSteps, int mostLowest) {
            float[] steps = new float[lowest.length];
            for (int c = 0; c < steps.length; c++) {
                steps[c] = step(lowest[c], highest[c], mostSteps, mostLowest);
            }
            return steps;
        }
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
        Ranges ranges = Ranges.of(values, width);
        float[] steps = ranges.steps(STEPS, Short.MAX_VALUE);
        boolean found = false;
        for (int tries = 1; !found; tries++) {
            float[] distances = distances(values, steps);
            found = true;
            for (int c = 0; c < width; c++) {
                if (distances[c] != 0) {
                    if (tries == TRIES || !(steps[c] <= MOST_STEP)) {
                        return null;
                    }
                    steps[c] = notBelow(Math.nextUp(steps[c]));
                    found = false;
                }
            }
        }
        ByteBuffer scales = ByteBuffer.allocate(width * SCALE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int c = 0; c < width; c++) {
            scales.putShort((short) whole(ranges.lowest[c] / steps[c])).putShort(Half.toHalf(steps[c]));
        }
        return scales.array();
    }

    /** How far the values of each column are from multiples of its step, all in all: 0 where each of them is one. */
    private static float[] distances(float[] values, float[] steps) {
        float[] distances = new float[steps.length];
        float[] row = new float[steps.length];
        for (int start = 0; start < values.length; start += row.length) {
            System.arraycopy(values, start, row, 0, row.length);
            for (int c = 0; c < row.length; c++) {
                distances[c] += Math.abs(whole(row[c] / steps[c]) * steps[c] - row[c]);
            }
        }
        return distances;
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
        int[] lowest = new int[width];
        float[] steps = new float[width];
        for (int c = 0; c < width; c++) {
            lowest[c] = source.getShort();
            steps[c] = Half.toFloat(source.getShort());
        }
        byte[] counts = new byte[bytes.remaining()];
        bytes.duplicate().get(counts);
        float[] values = new float[counts.length];
        for (int start = 0; start < values.length; start += width) {
            for (int c = 0; c < width; c++) {
                values[start + c] = (lowest[c] + (counts[start + c] & 0xff)) * steps[c];
            }
        }
        return values;
    }
}
