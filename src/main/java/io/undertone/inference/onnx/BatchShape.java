package io.undertone.inference.onnx;

import ai.onnxruntime.OnnxTensor;
import io.undertone.bundle.BundleContent;
import io.undertone.features.FeatureSpec;
import java.util.Map;

/** Input and output of a bundle's graph for each window.
 *
 * @param rows rows of frames in the input; 0 for windows of one row
 * @param values of each row
 * @param speech whether the input says which rows are speech
 * @param networks rows of probabilities in the output
 * @param labels probabilities in each
 */
record BatchShape(int rows, int values, boolean speech, int networks, int labels) {
    static BatchShape of(BundleContent content) {
        FeatureSpec features = content.features();
        return new BatchShape(
                content.networkRows(),
                features.rowValues(),
                content.networks().stream()
                        .anyMatch(voter -> voter.preparation().needsSpeech()),
                content.networks().size(),
                content.labels().size());
    }

    int valuesIn() {
        return Math.max(rows, 1) * values;
    }

    int valuesOut() {
        return networks * labels;
    }

    /** The graph's inputs, by name. */
    Map<String, OnnxTensor> inputs(OnnxTensor windows, OnnxTensor ofRows, OnnxTensor ofSpeech) {
        if (speech) {
            return Map.of("windows", windows, "rows", ofRows, "speech", ofSpeech);
        }
        return rows > 0 ? Map.of("windows", windows, "rows", ofRows) : Map.of("windows", windows);
    }
}
