package io.undertone.inference.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The mask of a window's frames, sampled at the stride of a later layer. */
final class StepMask {
    private StepMask() {}

    /**
     * @param mask {@code [n][frames]}, 1 for the window's own frames
     * @param stride frames for one step
     * @param steps steps of the layer
     * @return {@code [n][steps]}: step {@code j} has the value of frame {@code j x stride}
     */
    static INDArray at(INDArray mask, int stride, long steps) {
        if (stride == 1 && mask.size(1) == steps) {
            return mask;
        }
        return mask.get(NDArrayIndex.all(), NDArrayIndex.interval(0, stride, mask.size(1)))
                .get(NDArrayIndex.all(), NDArrayIndex.interval(0, steps))
                .dup('c');
    }
}
