package io.undertone.inference.dl4j;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Mean and spread of values {@code x[n][c][t]} over time with weights {@code a[n][t]} that sum to 1: {@code m = Σ a x},
 * {@code s = sqrt(Σ a (x - m)² + epsilon)}. Without scores all of the window's own steps have equal weight; with scores,
 * {@code a} is their softmax over those steps.
 *
 * <p>Backwards, with gradients {@code dm} and {@code ds}: {@code dx = a (dm + ds (x - m) / s)} and
 * {@code da = Σc (dm x + ds (x - m)² / 2s)}, through the softmax {@code a (da - Σ a da)}.
 */
final class MeanSpreadStep extends ParameterlessVertex {
    private static final long serialVersionUID = 1;

    /** Added to the score of a padding step, whose weight is then 0. */
    private static final double EXCLUDED = -1e9;

    private final int timeStride;
    private final double stabiliser;

    MeanSpreadStep(
            ComputationGraph graph, String name, int index, int timeStride, double stabiliser, DataType dataType) {
        super(graph, name, index, dataType);
        this.timeStride = timeStride;
        this.stabiliser = stabiliser;
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
        INDArray x = inputs[0];
        INDArray a = weights();
        INDArray m = mean(x, a);
        return workspaces.leverageTo(ArrayType.ACTIVATIONS, Nd4j.concat(1, flat(m), flat(spread(x.sub(m), a))));
    }

    @Override
    @SuppressWarnings("NullAway") // Deeplearning4j takes null for no gradient
    public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
        INDArray x = inputs[0];
        long n = x.size(0);
        long channels = x.size(1);
        INDArray a = weights();
        INDArray m = mean(x, a);
        INDArray off = x.sub(m);
        INDArray s = spread(off, a);
        INDArray dm = epsilon.get(NDArrayIndex.all(), NDArrayIndex.interval(0, channels))
                .dup('c')
                .reshape(n, channels, 1);
        INDArray perSpread = epsilon.get(NDArrayIndex.all(), NDArrayIndex.interval(channels, 2 * channels))
                .dup('c')
                .reshape(n, channels, 1)
                .div(s);
        INDArray dx = off.mul(perSpread).addi(dm).muli(a);
        INDArray mask = workspaces.create(ArrayType.ACTIVATION_GRAD, inputs[1].dataType(), inputs[1].shape());
        dx = workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, dx);
        if (inputs.length == 2) {
            return new Pair<>(null, new INDArray[] {dx, mask});
        }
        INDArray da = x.mul(dm).addi(off.mul(off).muli(perSpread).muli(0.5)).sum(true, 1);
        INDArray dScores = a.mul(da.sub(a.mul(da).sum(true, 2)));
        return new Pair<>(null, new INDArray[] {dx, mask, workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, dScores)});
    }

    /** {@code [n][1][t]}. */
    private INDArray weights() {
        INDArray x = inputs[0];
        INDArray mask = StepMask.at(inputs[1], timeStride, x.size(2)).reshape(x.size(0), 1, x.size(2));
        if (inputs.length == 2) {
            return mask.div(mask.sum(true, 2));
        }
        INDArray scores = inputs[2].add(mask.rsub(1).muli(EXCLUDED));
        INDArray exp = Transforms.exp(scores.sub(scores.max(true, 2)), false);
        return exp.divi(exp.sum(true, 2));
    }

    private static INDArray mean(INDArray x, INDArray a) {
        return x.mul(a).sum(true, 2);
    }

    private INDArray spread(INDArray off, INDArray a) {
        return Transforms.sqrt(off.mul(off).muli(a).sum(true, 2).addi(stabiliser), false);
    }

    private static INDArray flat(INDArray values) {
        return values.reshape(values.size(0), values.size(1));
    }
}
