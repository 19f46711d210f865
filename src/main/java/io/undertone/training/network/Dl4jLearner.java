package io.undertone.training.network;

import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Weights;
import io.undertone.inference.dl4j.Dl4jNetworkBuilder;
import io.undertone.inference.dl4j.Dl4jWeights;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** A network trained with Deeplearning4j, by Adam with decoupled weight decay. */
final class Dl4jLearner implements Learner {
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final NetworkSpec spec;
    private final RateHolder rate = new RateHolder();
    private final ComputationGraph graph;

    Dl4jLearner(Weights initial, Plan plan) {
        spec = initial.spec();
        Adam adam = new Adam(rate);
        adam.setBeta1(BETA_1);
        adam.setBeta2(BETA_2);
        adam.setEpsilon(EPSILON);
        Dl4jNetworkBuilder builder = new Dl4jNetworkBuilder(spec).updater(adam).loss(new KnownLabelsLoss());
        if (plan.weightDecay() > 0) {
            builder.weightDecay(plan.weightDecay());
        }
        graph = builder.build();
        Dl4jWeights.copyInto(graph, initial);
    }

    @Override
    public void reseed(long seed) {
        Nd4j.getRandom().setSeed(seed);
    }

    @Override
    public double step(Batch batch, double learningRate) {
        rate.set(learningRate);
        INDArray[] inputs = inputs(batch);
        INDArray targets = Nd4j.create(
                Arrays.copyOf(batch.targets(), batch.size() * batch.labels()),
                new long[] {batch.size(), batch.labels()},
                'c');
        graph.fit(new MultiDataSet(inputs, new INDArray[] {targets}));
        double loss = graph.score();
        close(inputs);
        targets.close();
        return loss;
    }

    @Override
    public void predict(Batch batch, float[] probabilities) {
        INDArray[] inputs = inputs(batch);
        INDArray output = graph.outputSingle(false, inputs);
        float[] values = vector(output);
        System.arraycopy(values, 0, probabilities, 0, values.length);
        close(inputs);
    }

    @Override
    public Weights weights() {
        return Dl4jWeights.copyFrom(graph, spec);
    }

    @Override
    public byte[] state() {
        float[] weights = vector(graph.params());
        float[] moments = vector(graph.getUpdater().getStateViewArray());
        ByteBuffer buffer = ByteBuffer.allocate((3 * Integer.BYTES) + Float.BYTES * (weights.length + moments.length));
        buffer.putInt(graph.getConfiguration().getIterationCount());
        FloatState.put(buffer, weights);
        FloatState.put(buffer, moments);
        return buffer.array();
    }

    @Override
    public void restore(byte[] state) {
        ByteBuffer buffer = ByteBuffer.wrap(state);
        graph.getConfiguration().setIterationCount(buffer.getInt());
        assign(graph.params(), FloatState.get(buffer));
        assign(graph.getUpdater().getStateViewArray(), FloatState.get(buffer));
    }

    @Override
    public void close() {
        graph.close();
    }

    private INDArray[] inputs(Batch batch) {
        long[] axes = new long[spec.input().axes().size() + 1];
        axes[0] = batch.size();
        for (int i = 1; i < axes.length; i++) {
            axes[i] = spec.input().axes().get(i - 1);
        }
        INDArray window = Nd4j.create(Arrays.copyOf(batch.inputs(), batch.size() * batch.inputSize()), axes, 'c');
        return spec.masked() ? new INDArray[] {window, mask(batch)} : new INDArray[] {window};
    }

    private INDArray mask(Batch batch) {
        int steps = spec.input().steps();
        float[] mask = new float[batch.size() * steps];
        for (int i = 0; i < batch.size(); i++) {
            Arrays.fill(mask, i * steps, i * steps + Math.min(steps, batch.frames()[i]), 1);
        }
        return Nd4j.create(mask, new long[] {batch.size(), steps}, 'c');
    }

    private static void close(INDArray[] arrays) {
        for (INDArray array : arrays) {
            if (array.closeable()) {
                array.close();
            }
        }
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
