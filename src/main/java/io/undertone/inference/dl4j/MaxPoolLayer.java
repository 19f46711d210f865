package io.undertone.inference.dl4j;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes {@link MaxPool}. Not thread-safe: it stores the position of each maximum. */
final class MaxPoolLayer extends ParameterlessLayer<MaxPool> {
    private float[] in = new float[0];
    private float[] out = new float[0];
    private int[] winner = new int[0];

    MaxPoolLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        INDArray x = HostFloats.rowMajor(input);
        int n = (int) x.size(0);
        int times = (int) x.size(1);
        int bands = (int) x.size(2);
        int channels = (int) x.size(3);
        int outTimes = times / layerConf().time();
        int outBands = bands / layerConf().band();
        int length = n * outTimes * outBands * channels;
        in = HostFloats.atLeast(in, Math.toIntExact(x.length()));
        out = HostFloats.atLeast(out, length);
        winner = winner.length >= length ? winner : new int[length];
        HostFloats.read(x, in);
        for (int i = 0; i < n; i++) {
            for (int t = 0; t < outTimes; t++) {
                for (int b = 0; b < outBands; b++) {
                    int to = ((i * outTimes + t) * outBands + b) * channels;
                    pool(i, t, b, times, bands, channels, to);
                }
            }
        }
        long[] shape = {n, outTimes, outBands, channels};
        INDArray y = workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, shape, 'c');
        HostFloats.write(out, y);
        return y;
    }

    private void pool(int i, int t, int b, int times, int bands, int channels, int to) {
        Arrays.fill(out, to, to + channels, Float.NEGATIVE_INFINITY);
        for (int dt = 0; dt < layerConf().time(); dt++) {
            for (int db = 0; db < layerConf().band(); db++) {
                int time = t * layerConf().time() + dt;
                int band = b * layerConf().band() + db;
                int from = ((i * times + time) * bands + band) * channels;
                for (int c = 0; c < channels; c++) {
                    if (in[from + c] > out[to + c]) {
                        out[to + c] = in[from + c];
                        winner[to + c] = from + c;
                    }
                }
            }
        }
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        INDArray dense = HostFloats.rowMajor(epsilon);
        int length = Math.toIntExact(dense.length());
        HostFloats.read(dense, out);
        int inputLength = Math.toIntExact(input.length());
        Arrays.fill(in, 0, inputLength, 0);
        for (int i = 0; i < length; i++) {
            in[winner[i]] += out[i];
        }
        INDArray gradient =
                workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, input.shape(), 'c');
        HostFloats.write(in, gradient);
        return new Pair<>(new DefaultGradient(), gradient);
    }
}
