package io.undertone.bundle.onnx;

import io.undertone.bundle.BundleContent;
import io.undertone.bundle.Voter;
import java.util.ArrayList;
import java.util.List;

/**
 * The networks of a bundle as one ONNX model, from coefficients to probabilities: inputs {@code windows}, for frames
 * {@code rows} and, for pictures of speech, {@code speech}; output {@code probabilities} {@code [n][network][label]}. The same content gives the same bytes.
 */
public final class OnnxExport {
    private OnnxExport() {}

    /** The name of the file that holds a network's weights, within its bundle. */
    public static String weightsFile(String voter) {
        return voter + ".f32";
    }

    /** A model whose weights stand in the bundle's weights files, so that none is stored twice. */
    public static byte[] besideWeights(BundleContent content) {
        return EnsembleGraph.of(content, WeightPlace.BESIDE, Sequences.AS_THEY_ARE);
    }

    /** A model in one file, layer for layer as the specs say. */
    public static byte[] selfContained(BundleContent content) {
        return EnsembleGraph.of(content, WeightPlace.INSIDE, Sequences.AS_THEY_ARE);
    }

    /** A model in one file that computes the same function with less work: see {@link Rewrites}. */
    public static byte[] rewritten(BundleContent content) {
        return EnsembleGraph.of(rewrite(content), WeightPlace.INSIDE, Sequences.AS_IMAGES);
    }

    private static BundleContent rewrite(BundleContent content) {
        List<Voter> voters = new ArrayList<>();
        for (Voter.Network voter : content.networks()) {
            voters.add(new Voter.Network(voter.name(), voter.preparation(), Rewrites.apply(voter.weights())));
        }
        return new BundleContent(
                content.name(),
                content.version(),
                content.labels(),
                content.features(),
                voters,
                content.temperature(),
                content.licence(),
                content.provenance(),
                content.scores());
    }
}
