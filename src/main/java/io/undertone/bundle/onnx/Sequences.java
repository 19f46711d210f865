package io.undertone.bundle.onnx;

import io.undertone.bundle.Shape;
import java.util.ArrayList;
import java.util.List;

/** How a graph represents sequences, {@code [channels][length]}. */
enum Sequences {
    /** As they are, {@code [n][channels][length]}. */
    AS_THEY_ARE,
    /**
     * As images of height 1, {@code [n][channels][1][length]}: ONNX Runtime has blocked convolutions for images only, which took
     * 0.63 times as long as those over sequences for the reference network.
     */
    AS_IMAGES,
    /** As images, but suitable networks by transforms: see {@link TransformedNetworks}. */
    ON_TRANSFORMS;

    /** The axes that a shape has in the graph, without the batch. */
    List<Integer> axes(Shape shape) {
        return shape instanceof Shape.Sequence ? widened(shape.axes(), 1) : shape.axes();
    }

    /** A kernel, stride or field over time, or the shape of a convolution's weights, where {@code at} is the index of time. */
    List<Integer> widened(List<Integer> axes, int at) {
        if (this == AS_THEY_ARE) {
            return axes;
        }
        List<Integer> wide = new ArrayList<>(axes);
        wide.add(at, 1);
        return wide;
    }
}
