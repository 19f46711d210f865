package io.undertone.inference.dl4j;

import io.undertone.bundle.InputPreparation;
import io.undertone.bundle.Voter;
import io.undertone.bundle.WindowPreparer;
import io.undertone.features.FeatureSpec;
import io.undertone.inference.Probabilities;
import io.undertone.window.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One network: its graph and how windows are prepared for it. Thread-safe, one call at a time. */
final class Dl4jMember implements AutoCloseable {
    private final Voter.Network voter;
    private final ComputationGraph network;
    private final WindowPreparer preparer;

    Dl4jMember(Voter.Network voter, FeatureSpec features) {
        this.voter = voter;
        this.network = new Dl4jNetworkBuilder(voter.spec()).build();
        Dl4jWeights.copyInto(network, voter.weights());
        this.preparer = new WindowPreparer(voter.preparation(), features);
    }

    synchronized void predict(List<Window> windows, Probabilities probabilities, int index) {
        List<INDArray> inputs = inputs(windows);
        try (INDArray output = network.output(false, inputs.toArray(INDArray[]::new))[0]) {
            float[] values = output.dup('c').reshape(output.length()).toFloatVector();
            for (int i = 0; i < values.length; i++) {
                probabilities.set(i / probabilities.labels(), index, i % probabilities.labels(), values[i]);
            }
        } finally {
            inputs.forEach(INDArray::close);
        }
    }

    private List<INDArray> inputs(List<Window> windows) {
        int width = preparer.width();
        int steps = voter.spec().input().steps();
        float[] values = new float[windows.size() * width];
        float[] mask = new float[voter.spec().masked() ? windows.size() * steps : 0];
        for (int i = 0; i < windows.size(); i++) {
            Window each = windows.get(i);
            preparer.prepare(each, values, i * width);
            if (mask.length > 0) {
                int own = voter.preparation() instanceof InputPreparation.Frames ? each.rows() : steps;
                Arrays.fill(mask, i * steps, i * steps + own, 1);
            }
        }
        List<Integer> axes = voter.spec().input().axes();
        long[] shape = new long[axes.size() + 1];
        shape[0] = windows.size();
        for (int i = 0; i < axes.size(); i++) {
            shape[i + 1] = axes.get(i);
        }
        List<INDArray> inputs = new ArrayList<>();
        inputs.add(Nd4j.create(values, shape, 'c'));
        if (mask.length > 0) {
            inputs.add(Nd4j.create(mask, new long[] {windows.size(), steps}, 'c'));
        }
        return inputs;
    }

    @Override
    public synchronized void close() {
        network.close();
    }
}
