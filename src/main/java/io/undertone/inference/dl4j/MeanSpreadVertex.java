package io.undertone.inference.dl4j;

import java.util.Objects;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * {@link io.undertone.bundle.Layer.MeanSpreadPool} and {@link io.undertone.bundle.Layer.AttentionPool} in a Deeplearning4j
 * graph; inputs: values, mask of the frames and, with attention, the score of each step.
 */
final class MeanSpreadVertex extends GraphVertex {
    private static final long serialVersionUID = 1;

    private final int timeStride;
    private final double epsilon;

    MeanSpreadVertex(@JsonProperty("timeStride") int timeStride, @JsonProperty("epsilon") double epsilon) {
        this.timeStride = timeStride;
        this.epsilon = epsilon;
    }

    @Override
    public GraphVertex clone() {
        return new MeanSpreadVertex(timeStride, epsilon);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MeanSpreadVertex vertex
                && vertex.timeStride == timeStride
                && Double.compare(vertex.epsilon, epsilon) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(timeStride, epsilon);
    }

    @Override
    public long numParams(boolean backprop) {
        return 0;
    }

    @Override
    public int minVertexInputs() {
        return 2;
    }

    @Override
    public int maxVertexInputs() {
        return 3;
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph,
            String name,
            int index,
            INDArray parameters,
            boolean initialise,
            DataType dataType) {
        return new MeanSpreadStep(graph, name, index, timeStride, epsilon, dataType);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType... inputs) {
        return InputType.feedForward(2 * ((InputType.InputTypeRecurrent) inputs[0]).getSize());
    }

    @Override
    public MemoryReport getMemoryReport(InputType... inputs) {
        return new LayerMemoryReport.Builder("mean-spread", MeanSpreadVertex.class, inputs[0], getOutputType(0, inputs))
                .standardMemory(0, 0)
                .workingMemory(0, 0, 0, 0)
                .build();
    }
}
