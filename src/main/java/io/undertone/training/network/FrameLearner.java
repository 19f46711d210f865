package io.undertone.training.network;

import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Weights;
import io.undertone.inference.dl4j.FrameNetwork;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A network over frames trained by Adam with decoupled weight decay; its batches hold pictures {@code [steps][bands]}. Its initial weights
 * derive from its seed.
 */
public final class FrameLearner implements Learner {
    private final RateHolder rate = new RateHolder();
    private final FrameNetwork frames;
    private final long[] axes;

    /**
     * @param labelWeights weight of each label in the loss, {@code [labels]}
     */
    public FrameLearner(NetworkSpec spec, Plan plan, float[] labelWeights, long seed) {
        frames = new FrameNetwork(spec, new Adam(rate), plan.weightDecay(), new KnownLabelsLoss(labelWeights), seed);
        int steps = spec.input().steps();
        axes = new long[] {0, steps, spec.input().size() / steps, 1};
    }

    @Override
    public void reseed(long seed) {
        Nd4j.getRandom().setSeed(seed);
    }

    @Override
    public double step(Batch batch, double learningRate) {
        rate.set(learningRate);
        try (INDArray pictures = pictures(batch);
                INDArray targets = Nd4j.create(
                        Arrays.copyOf(batch.targets(), batch.size() * batch.labels()),
                        new long[] {batch.size(), batch.labels()},
                        'c')) {
            network().fit(new DataSet(pictures, targets));
            return network().score();
        }
    }

    @Override
    public void predict(Batch batch, float[] probabilities) {
        try (INDArray pictures = pictures(batch)) {
            float[] values = vector(network().output(pictures));
            System.arraycopy(values, 0, probabilities, 0, values.length);
        }
    }

    @Override
    public Weights weights() {
        return frames.weights();
    }

    /** Starts or continues with these weights. */
    public void setWeights(Weights weights) {
        frames.setWeights(weights);
    }

    @Override
    public byte[] state() {
        float[] weights = vector(network().params());
        float[] moments = vector(network().getUpdater().getStateViewArray());
        ByteBuffer buffer = ByteBuffer.allocate(3 * Integer.BYTES + Float.BYTES * (weights.length + moments.length));
        buffer.putInt(network().getLayerWiseConfigurations().getIterationCount());
        FloatState.put(buffer, weights);
        FloatState.put(buffer, moments);
        return buffer.array();
    }

    @Override
    public void restore(byte[] state) {
        ByteBuffer buffer = ByteBuffer.wrap(state);
        network().getLayerWiseConfigurations().setIterationCount(buffer.getInt());
        assign(network().params(), FloatState.get(buffer));
        assign(network().getUpdater().getStateViewArray(), FloatState.get(buffer));
    }

    @Override
    public void close() {
        network().close();
    }

    private MultiLayerNetwork network() {
        return frames.network();
    }

    private INDArray pictures(Batch batch) {
        long[] shape = axes.clone();
        shape[0] = batch.size();
        return Nd4j.create(Arrays.copyOf(batch.inputs(), batch.size() * batch.inputSize()), shape, 'c');
    }

    private static float[] vector(INDArray array) {
        return array.dup('c').reshape(array.length()).toFloatVector();
    }

    private static void assign(INDArray target, float[] values) {
        try (INDArray source = Nd4j.create(values, target.shape(), 'c')) {
            target.assign(source);
        }
    }
}
