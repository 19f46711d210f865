package io.undertone.inference.dl4j;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Named, shaped views of one flat stretch of parameters. */
final class ParameterViews {
    private ParameterViews() {}

    /** Views of {@code flat}, one after another in the map's order, each row-major. */
    static Map<String, INDArray> split(INDArray flat, Map<String, long[]> shapes) {
        INDArray vector = flat.reshape(flat.length());
        Map<String, INDArray> views = new LinkedHashMap<>();
        long from = 0;
        for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
            long length = 1;
            for (long size : entry.getValue()) {
                length *= size;
            }
            INDArray view = vector.get(NDArrayIndex.interval(from, from + length));
            views.put(entry.getKey(), view.reshape('c', entry.getValue()));
            from += length;
        }
        return views;
    }

    /** One of the views, which must exist. */
    static INDArray of(Map<String, INDArray> views, String name) {
        return Objects.requireNonNull(views.get(name), name);
    }

    /** Fills {@code target} with values uniform in [-bound, bound), the same for the same seed. */
    static void fillUniform(INDArray target, double bound, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[Math.toIntExact(target.length())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
        target.assign(Nd4j.createFromArray(values).reshape('c', target.shape()));
    }
}
