package io.undertone.inference.dl4j;

import java.util.Arrays;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Multiplies each step of time by its mask. */
final class MaskStep extends ParameterlessVertex {
    private static final long serialVersionUID = 1;

    private final int timeStride;

    MaskStep(ComputationGraph graph, String name, int index, int timeStride, DataType dataType) {
        super(graph, name, index, dataType);
        this.timeStride = timeStride;
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
        return workspaces.leverageTo(ArrayType.ACTIVATIONS, inputs[0].mul(broadcastMask()));
    }

    @Override
    @SuppressWarnings("NullAway") // Deeplearning4j takes null for no gradient
    public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
        INDArray values = workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, epsilon.mul(broadcastMask()));
        INDArray mask = workspaces.create(ArrayType.ACTIVATION_GRAD, inputs[1].dataType(), inputs[1].shape());
        return new Pair<>(null, new INDArray[] {values, mask});
    }

    private INDArray broadcastMask() {
        INDArray values = inputs[0];
        long steps = values.size(values.rank() - 1);
        long[] shape = new long[values.rank()];
        Arrays.fill(shape, 1);
        shape[0] = values.size(0);
        shape[shape.length - 1] = steps;
        return StepMask.at(inputs[1], timeStride, steps).reshape(shape);
    }
}
