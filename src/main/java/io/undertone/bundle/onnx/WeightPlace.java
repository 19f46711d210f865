package io.undertone.bundle.onnx;

import io.undertone.bundle.Parameter;
import io.undertone.bundle.Voter;
import java.util.List;

/** Where a graph stores the weights of its networks. */
interface WeightPlace {
    /** Within the graph. */
    WeightPlace INSIDE = (graph, name, voter, parameter, axes) ->
            graph.floats(name, axes, voter.weights().get(parameter.name()));

    /** In the file of each network's weights, {@code voter}{@code .f32}, in the graph's folder. */
    WeightPlace BESIDE = (graph, name, voter, parameter, axes) -> {
        long offset = 0;
        for (Parameter other : voter.spec().parameters()) {
            if (other.name().equals(parameter.name())) {
                break;
            }
            offset += (long) other.size() * Float.BYTES;
        }
        String file = voter.weightsFile();
        return graph.external(name, axes, file, offset, (long) parameter.size() * Float.BYTES);
    };

    /** Adds one array to the graph and returns its name. */
    String add(OnnxGraph graph, String name, Voter.Network voter, Parameter parameter, List<Integer> axes);
}
