package io.undertone.inference.dl4j;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Copies between Java arrays and the native memory of row-major float arrays: what ND4J has no fast operation for (mainly batch statistics) runs as plain loops on Java arrays. Thread-safe, stateless.
 */
final class HostFloats {
    private HostFloats() {}

    /** Copies all of {@code source} to the start of {@code target}. */
    static void read(INDArray source, float[] target) {
        pointer(source).get(target, 0, Math.toIntExact(source.length()));
    }

    /** Copies the start of {@code source} to all of {@code target}. */
    static void write(float[] source, INDArray target) {
        pointer(target).put(source, 0, Math.toIntExact(target.length()));
    }

    /** The same values, row-major and contiguous; the array itself if it already is. */
    static INDArray rowMajor(INDArray array) {
        boolean dense = array.ordering() == 'c' && !array.isView() && array.elementWiseStride() == 1;
        return dense ? array : array.dup('c');
    }

    /** An array of at least {@code length} values: {@code held} if that is long enough. */
    static float[] atLeast(float[] held, int length) {
        return held.length >= length ? held : new float[length];
    }

    private static FloatPointer pointer(INDArray array) {
        if (array.ordering() != 'c' || array.elementWiseStride() != 1) {
            throw new IllegalArgumentException("array must be row-major and dense: order=" + array.ordering());
        }
        return new FloatPointer(array.data().addressPointer());
    }
}
