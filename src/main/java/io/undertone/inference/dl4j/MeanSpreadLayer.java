package io.undertone.inference.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes {@link MeanSpread}. Not thread-safe: it keeps what the backward pass needs. */
final class MeanSpreadLayer extends ParameterlessLayer<MeanSpread> {
    private float[] in = new float[0];
    private float[] statistics = new float[0];

    MeanSpreadLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        INDArray x = HostFloats.rowMajor(input);
        int n = (int) x.size(0);
        int times = (int) x.size(1);
        int channels = (int) x.size(3);
        in = HostFloats.atLeast(in, Math.toIntExact(x.length()));
        statistics = HostFloats.atLeast(statistics, n * 2 * channels);
        HostFloats.read(x, in);
        double[] sum = new double[channels];
        double[] squares = new double[channels];
        for (int i = 0; i < n; i++) {
            java.util.Arrays.fill(sum, 0);
            java.util.Arrays.fill(squares, 0);
            for (int t = 0; t < times; t++) {
                int from = (i * times + t) * channels;
                for (int c = 0; c < channels; c++) {
                    double v = in[from + c];
                    sum[c] += v;
                    squares[c] += v * v;
                }
            }
            int to = i * 2 * channels;
            for (int c = 0; c < channels; c++) {
                double mean = sum[c] / times;
                double variance = Math.max(0, squares[c] / times - mean * mean)
                        + layerConf().epsilon();
                statistics[to + c] = (float) mean;
                statistics[to + channels + c] = (float) Math.sqrt(variance);
            }
        }
        long[] shape = {n, 2L * channels};
        INDArray y = workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, shape, 'c');
        HostFloats.write(statistics, y);
        return y;
    }

    /** d mean / d x = 1 / T; d spread / d x = (x - mean) / (T * spread). */
    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        int n = (int) input.size(0);
        int times = (int) input.size(1);
        int channels = (int) input.size(3);
        float[] upstream = epsilon.dup('c').data().asFloat();
        for (int i = 0; i < n; i++) {
            int at = i * 2 * channels;
            for (int t = 0; t < times; t++) {
                int from = (i * times + t) * channels;
                for (int c = 0; c < channels; c++) {
                    float mean = statistics[at + c];
                    float spread = statistics[at + channels + c];
                    float bySpread = (in[from + c] - mean) / spread;
                    in[from + c] = (upstream[at + c] + upstream[at + channels + c] * bySpread) / times;
                }
            }
        }
        INDArray gradient =
                workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, input.shape(), 'c');
        HostFloats.write(in, gradient);
        return new Pair<>(new DefaultGradient(), gradient);
    }
}
