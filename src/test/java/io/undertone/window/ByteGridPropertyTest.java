package io.undertone.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;

/** Whatever a window's values are, once rounded they fit into bytes and come back as they were. */
class ByteGridPropertyTest {
    private static final float[] SPECIAL = {
        -0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, 1e6f
    };

    @Property
    void shouldLoseNothingOnceRounded(
            @ForAll @IntRange(min = 1, max = 160) int rows,
            @ForAll @IntRange(min = 1, max = 41) int width,
            @ForAll @FloatRange(min = -1_000, max = 1_000) float middle,
            @ForAll @FloatRange(min = 0, max = 600) float spread,
            @ForAll long seed) {
        Random random = new Random(seed);
        float[] values = new float[rows * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = middle + spread * (float) random.nextGaussian() / (1 + i % width);
        }
        float[] rounded = values.clone();
        ByteGrid.round(rounded, width);
        assertThat(back(rounded, width)).containsExactly(rounded);
        for (int column = 0; column < width; column++) {
            assertThatItIsNear(rounded, values, column, width);
        }
    }

    @Property
    void shouldGiveWhatPlainLoopsGive(
            @ForAll @IntRange(min = 1, max = 160) int rows,
            @ForAll @IntRange(min = 1, max = 41) int width,
            @ForAll @IntRange(min = 0, max = 2) int specials,
            @ForAll long seed) {
        Random random = new Random(seed);
        float[] values = new float[rows * width];
        for (int i = 0; i < values.length; i++) {
            int column = i % width;
            values[i] = switch (column % 4) {
                case 0 -> column; // constant
                case 1 -> random.nextInt(3) * 0.375f; // on several grids
                default -> 50 * (float) random.nextGaussian() / (1 + column);
            };
        }
        for (int i = 0; i < specials; i++) {
            values[random.nextInt(values.length)] = SPECIAL[random.nextInt(SPECIAL.length)];
        }
        assertThatItIsAsPlain(values, width);
        float[] plain = values.clone();
        PlainByteGrid.round(plain, width);
        ByteGrid.round(values, width);
        assertThat(bits(values)).isEqualTo(bits(plain));
        assertThatItIsAsPlain(values, width);
    }

    private static void assertThatItIsAsPlain(float[] values, int width) {
        byte[] scales = ByteGrid.scales(values, width);
        assertThat(scales).isEqualTo(PlainByteGrid.scales(values, width));
        if (scales != null) {
            byte[] bytes = ByteGrid.toBytes(values, scales);
            assertThat(bytes).isEqualTo(PlainByteGrid.toBytes(values, scales));
            float[] back = ByteGrid.toFloats(ByteBuffer.wrap(bytes), ByteBuffer.wrap(scales));
            assertThat(bits(back)).isEqualTo(bits(PlainByteGrid.toFloats(bytes, scales)));
        }
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToIntBits(values[i]));
        return bits;
    }

    /** Half a step, and a step is an eighth more than a 254th of the range at most. */
    private static void assertThatItIsNear(float[] rounded, float[] values, int column, int width) {
        float lowest = Float.MAX_VALUE;
        float highest = -Float.MAX_VALUE;
        for (int i = column; i < values.length; i += width) {
            lowest = Math.min(lowest, values[i]);
            highest = Math.max(highest, values[i]);
        }
        float needed = Math.max(0x1p-10f, Math.max((highest - lowest) / 254, Math.abs(lowest) / 32_766));
        for (int i = column; i < values.length; i += width) {
            assertThat(Math.abs(rounded[i] - values[i])).isLessThanOrEqualTo(needed * 1.126f / 2);
        }
    }

    @Property
    void shouldGiveBackAnyBytes(
            @ForAll byte[] bytes, @ForAll short lowest, @ForAll @IntRange(min = 5, max = 21) int exponent) {
        ByteBuffer scales = ByteBuffer.allocate(ByteGrid.SCALE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        scales.putShort(lowest).putShort((short) (exponent << 10)).flip();
        float[] values = ByteGrid.toFloats(ByteBuffer.wrap(bytes), scales);
        float step = Half.toFloat((short) (exponent << 10));
        for (int i = 0; i < bytes.length; i++) {
            assertThat(values[i]).isEqualTo((lowest + (bytes[i] & 0xff)) * step);
        }
    }

    @Example
    void shouldHaveNoScalesForWhatBytesCannotHold() {
        assertThat(ByteGrid.scales(new float[] {0, 1 / 3f, 200}, 1)).isNull();
        assertThat(ByteGrid.scales(new float[] {0, Float.NaN}, 1)).isNull();
        assertThat(ByteGrid.scales(new float[] {0, Float.POSITIVE_INFINITY}, 1)).isNull();
        assertThat(ByteGrid.scales(new float[] {0, 0.5f, 127.5f}, 1)).isNotNull();
    }

    private static float[] back(float[] values, int width) {
        byte[] scales = ByteGrid.scales(values, width);
        assertThat(scales).isNotNull();
        return ByteGrid.toFloats(ByteBuffer.wrap(ByteGrid.toBytes(values, scales)), ByteBuffer.wrap(scales));
    }
}
