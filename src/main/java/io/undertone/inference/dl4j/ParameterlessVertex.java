package io.undertone.inference.dl4j;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Base class of vertices without weights. */
abstract class ParameterlessVertex extends BaseGraphVertex {
    private static final long serialVersionUID = 1;

    ParameterlessVertex(ComputationGraph graph, String name, int index, DataType dataType) {
        super(graph, name, index, null, null, dataType);
    }

    @Override
    public boolean hasLayer() {
        return false;
    }

    @Override
    @SuppressWarnings("NullAway") // Deeplearning4j's own vertices without a layer answer null
    public Layer getLayer() {
        return null;
    }

    @Override
    public void setBackpropGradientsViewArray(@Nullable INDArray gradients) {
        if (gradients != null) {
            throw new IllegalStateException("a vertex without weights has no gradients: vertex=" + getVertexName());
        }
    }

    @Override
    @SuppressWarnings("NullAway") // null: no mask of Deeplearning4j's own, ours is an input
    public Pair<INDArray, MaskState> feedForwardMaskArrays(INDArray[] masks, MaskState state, int minibatchSize) {
        return new Pair<>(null, state);
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "(" + getVertexName() + ")";
    }
}
