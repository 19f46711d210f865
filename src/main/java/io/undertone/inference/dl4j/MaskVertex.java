package io.undertone.inference.dl4j;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** {@link io.undertone.bundle.Layer.Mask} in a Deeplearning4j graph; inputs: values, mask of the frames. */
final class MaskVertex extends GraphVertex {
    private static final long serialVersionUID = 1;

    private final int timeStride;

    MaskVertex(@JsonProperty("timeStride") int timeStride) {
        this.timeStride = timeStride;
    }

    @Override
    public GraphVertex clone() {
        return new MaskVertex(timeStride);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MaskVertex vertex && vertex.timeStride == timeStride;
    }

    @Override
    public int hashCode() {
        return timeStride;
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
        return 2;
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph,
            String name,
            int index,
            INDArray parameters,
            boolean initialise,
            DataType dataType) {
        return new MaskStep(graph, name, index, timeStride, dataType);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType... inputs) {
        return inputs[0];
    }

    @Override
    public MemoryReport getMemoryReport(InputType... inputs) {
        return new LayerMemoryReport.Builder("mask", MaskVertex.class, inputs[0], inputs[0])
                .standardMemory(0, 0)
                .workingMemory(0, 0, 0, 0)
                .build();
    }
}
