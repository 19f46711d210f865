package io.undertone.window;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What {@link ByteGrid} does, value by value and column after column. */
final class PlainByteGrid {
    private PlainByteGrid() {}

    static void round(float[] values, int width) {
        for (int column = 0; column < width; column++) {
            float step = step(lowest(values, column, width), highest(values, column, width), 254, 32_766);
            for (int i = column; i < values.length; i += width) {
                values[i] = ByteGrid.whole(values[i] / step) * step;
            }
        }
    }

    private static float lowest(float[] values, int column, int width) {
        float lowest = values[column];
        for (int i = column; i < values.length; i += width) {
            lowest = values[i] < lowest ? values[i] : lowest;
        }
        return lowest;
    }

    private static float highest(float[] values, int column, int width) {
        float highest = values[column];
        for (int i = column; i < values.length; i += width) {
            highest = values[i] > highest ? values[i] : highest;
        }
        return highest;
    }

    private static float step(float lowest, float highest, int mostSteps, int mostLowest) {
        return notBelow(Math.max(0x1p-10f, Math.max((highest - lowest) / mostSteps, Math.abs(lowest) / mostLowest)));
    }

    private static float notBelow(float value) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(value) + 0xf_ffff >>> 20 << 20);
    }

    static byte[] scales(float[] values, int width) {
        ByteBuffer scales = ByteBuffer.allocate(width * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int column = 0; column < width; column++) {
            float lowest = lowest(values, column, width);
            float step = step(lowest, highest(values, column, width), 255, 32_767);
            int tries = 1;
            while (!areMultiples(values, column, width, step)) {
                if (tries++ == 4 || !(step <= 1024)) {
                    return null;
                }
                step = notBelow(Math.nextUp(step));
            }
            scales.putShort((short) ByteGrid.whole(lowest / step)).putShort(Half.toHalf(step));
        }
        return scales.array();
    }

    private static boolean areMultiples(float[] values, int column, int width, float step) {
        for (int i = column; i < values.length; i += width) {
            if (ByteGrid.whole(values[i] / step) * step != values[i]) {
                return false;
            }
        }
        return true;
    }

    static byte[] toBytes(float[] values, byte[] scales) {
        ByteBuffer source = ByteBuffer.wrap(scales).order(ByteOrder.LITTLE_ENDIAN);
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            int scale = i % (scales.length / 4) * 4;
            float step = Half.toFloat(source.getShort(scale + 2));
            bytes[i] = (byte) ((int) ByteGrid.whole(values[i] / step) - source.getShort(scale));
        }
        return bytes;
    }

    static float[] toFloats(byte[] bytes, byte[] scales) {
        ByteBuffer source = ByteBuffer.wrap(scales).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            int scale = i % (scales.length / 4) * 4;
            values[i] = (source.getShort(scale) + (bytes[i] & 0xff)) * Half.toFloat(source.getShort(scale + 2));
        }
        return values;
    }
}
