package io.undertone.inference.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes {@link FoldBands}: the same numbers in another shape. */
final class FoldBandsLayer extends ParameterlessLayer<FoldBands> {
    FoldBandsLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        INDArray x = HostFloats.rowMajor(input);
        INDArray folded = x.reshape('c', x.size(0), x.size(1), 1, x.size(2) * x.size(3));
        return workspaces.dup(ArrayType.ACTIVATIONS, folded, 'c');
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        INDArray unfolded = HostFloats.rowMajor(epsilon).reshape('c', input.shape());
        return new Pair<>(new DefaultGradient(), workspaces.dup(ArrayType.ACTIVATION_GRAD, unfolded, 'c'));
    }
}
