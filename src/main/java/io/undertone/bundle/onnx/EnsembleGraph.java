package io.undertone.bundle.onnx;

import io.undertone.bundle.BundleContent;
import io.undertone.bundle.InputPreparation;
import io.undertone.bundle.InverseCosine;
import io.undertone.bundle.Shape;
import io.undertone.bundle.Voter;
import io.undertone.features.FeatureSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All networks of a bundle in one graph, from coefficients to probabilities, what they share computed once.
 *
 * <p>Inputs: {@code windows}, {@code [n][coefficients]} for windows pooled by mean, or {@code [n][rows][coefficients]} for
 * frames, zeros after a window's last row, and {@code rows}, {@code [n]}. Output: {@code probabilities},
 * {@code [n][network][label]}.
 */
final class EnsembleGraph {
    private final BundleContent content;
    private final WeightPlace place;
    private final OnnxGraph graph;
    private final Map<Prepared, String> prepared = new HashMap<>();

    private record Prepared(InputPreparation preparation, Shape shape) {}

    private EnsembleGraph(BundleContent content, WeightPlace place) {
        this.content = content;
        this.place = place;
        this.graph = new OnnxGraph(content.name());
    }

    /** The graph's bytes. */
    static byte[] of(BundleContent content, WeightPlace place) {
        return new EnsembleGraph(content, place).build();
    }

    private byte[] build() {
        FeatureSpec features = content.features();
        int maxRows = content.networkRows();
        if (maxRows == 0) {
            graph.floatInput("windows", "n", features.coefficients());
        } else {
            graph.floatInput("windows", "n", maxRows, features.coefficients());
        }
        boolean masked = content.networks().stream().anyMatch(voter -> voter.spec().masked());
        if (masked) {
            graph.longInput("rows", "n");
        }
        StepMasks masks = new StepMasks(graph);
        List<String> outputs = new ArrayList<>();
        for (Voter.Network voter : content.networks()) {
            String input = prepare(voter.preparation(), voter.spec().input());
            String probabilities = new NetworkGraph(graph, voter, place, masks).add(input);
            outputs.add(graph.node(
                    "Unsqueeze", List.of(probabilities, graph.longs("axis-1", List.of(1), 1))));
        }
        graph.node("Concat", outputs, "probabilities", Attribute.number("axis", 1));
        graph.floatOutput("probabilities", "n", outputs.size(), content.labels().size());
        return graph.toBytes(documentation(maxRows, masked), metadata());
    }

    private String prepare(InputPreparation preparation, Shape shape) {
        return prepared.computeIfAbsent(new Prepared(preparation, shape), key -> {
            String values = "windows";
            if (preparation instanceof InputPreparation.Standardise standardise) {
                values = standardise(standardise);
            } else if (preparation instanceof InputPreparation.Frames frames) {
                values = frames(frames);
            }
            List<Integer> axes = shape.axes();
            long[] target = new long[axes.size() + 1];
            target[0] = -1;
            for (int i = 0; i < axes.size(); i++) {
                target[i + 1] = axes.get(i);
            }
            String to = graph.longs("shape-" + prepared.size(), List.of(target.length), target);
            return graph.node("Reshape", List.of(values, to));
        });
    }

    private String standardise(InputPreparation.Standardise standardise) {
        List<Integer> axes = List.of(standardise.mean().size());
        String mean = graph.floats("mean-" + prepared.size(), axes, floats(standardise.mean()));
        String scale = graph.floats("scale-" + prepared.size(), axes, floats(standardise.scale()));
        return graph.node("Mul", List.of(graph.node("Sub", List.of("windows", mean)), scale));
    }

    /** Frequency first, time last, as 2-D networks and networks over time read them. */
    private String frames(InputPreparation.Frames frames) {
        String values = "windows";
        if (frames.inverseDct()) {
            values = graph.node("MatMul", List.of(values, inverse(frames)));
        } else if (frames.scale() != 1) {
            String scale = graph.floats("scale-" + prepared.size(), List.of(), new float[] {frames.scale()});
            values = graph.node("Mul", List.of(values, scale));
        }
        return graph.node("Transpose", List.of(values), Attribute.numbers("perm", 0, 2, 1));
    }

    private String inverse(InputPreparation.Frames frames) {
        int coefficients = content.features().coefficients();
        int bands = content.features().melBands();
        float[][] matrix = InverseCosine.matrix(coefficients, bands);
        float[] turned = new float[coefficients * bands];
        for (int band = 0; band < bands; band++) {
            for (int c = 0; c < coefficients; c++) {
                turned[c * bands + band] = matrix[band][c] * frames.scale();
            }
        }
        return graph.floats("inverse-dct-" + prepared.size(), List.of(coefficients, bands), turned);
    }

    private String documentation(int maxRows, boolean masked) {
        String shape = maxRows == 0
                ? "[n][" + content.features().coefficients() + "]"
                : "[n][" + maxRows + "][" + content.features().coefficients() + "], zeros after a window's last row";
        return "The networks of the Undertone bundle " + content.name() + " " + content.version()
                + ". Input windows: MFCCs of the bundle's feature spec, float32 " + shape
                + (masked ? "; input rows: int64 [n], rows of each window" : "")
                + ". Output probabilities: float32 [n][" + content.networks().size() + " networks]["
                + content.labels().size() + " labels].";
    }

    private Map<String, String> metadata() {
        return new java.util.TreeMap<>(Map.of(
                "labels", String.join(",", content.labels()),
                "voters", content.networks().stream().map(Voter::name).collect(Collectors.joining(",")),
                "feature_spec", content.features().toString(),
                "feature_spec_fingerprint", content.features().fingerprint(),
                "name", content.name(),
                "version", content.version()));
    }

    private static float[] floats(List<Float> values) {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }
}
