package io.undertone.bundle.onnx;

import io.undertone.bundle.BundleContent;
import io.undertone.bundle.Quantisation;
import io.undertone.bundle.Voter;
import io.undertone.bundle.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The networks of a bundle as one ONNX model, from coefficients to probabilities: inputs {@code windows}, for frames
 * {@code rows} and, for pictures of speech, {@code speech}; output {@code probabilities} {@code [n][network][label]}. The same content gives the same bytes.
 */
public final class OnnxExport {
    private OnnxExport() {}

    /** A model that refers to the bundle's weights files, so that no weights are stored twice. */
    public static byte[] besideWeights(BundleContent content) {
        return EnsembleGraph.of(content, WeightPlace.BESIDE, Sequences.AS_THEY_ARE);
    }

    /** A model in one file, with the specs' layers. */
    public static byte[] selfContained(BundleContent content) {
        return EnsembleGraph.of(content, WeightPlace.INSIDE, Sequences.AS_THEY_ARE);
    }

    /** A model in one file that computes the same function with less work: see {@link Rewrites}. */
    public static byte[] rewritten(BundleContent content) {
        return EnsembleGraph.of(rewrite(content, Rewrites::apply), WeightPlace.INSIDE, Sequences.AS_IMAGES);
    }

    /** Whether the fastest model on a CPU depends on the batch size. */
    public static boolean dependsOnBatch(BundleContent content) {
        return content.networks().stream()
                .anyMatch(voter ->
                        TransformedNetworks.fits(rewrite(voter.weights()).spec()));
    }

    /** As {@link #rewritten}, with the fewest weights: for a few windows, reading them dominates. */
    public static byte[] forFewWindows(BundleContent content) {
        return EnsembleGraph.of(rewrite(content, OnnxExport::rewrite), WeightPlace.INSIDE, Sequences.AS_IMAGES);
    }

    /** As {@link #rewritten}, with suitable networks computed by transforms: see {@link TransformedNetworks}. */
    public static byte[] forManyWindows(BundleContent content) {
        return EnsembleGraph.of(rewrite(content, OnnxExport::rewrite), WeightPlace.INSIDE, Sequences.ON_TRANSFORMS);
    }

    /**
     * As {@link #rewritten}, with 8-bit convolutions in networks that the bundle has ranges for: see {@link QuantisedLayers} and {@link ChannelBalance}. Its
     * probabilities differ by the quantisation error.
     *
     * @throws IllegalArgumentException where the bundle has no ranges
     */
    public static byte[] inBytes(BundleContent content) {
        if (content.quantisation().absent()) {
            throw new IllegalArgumentException("a bundle must have ranges to be computed in 8 bits: bundle="
                    + content.name() + " " + content.version());
        }
        return EnsembleGraph.inBytes(rewriteVoters(content, balanced(content.quantisation())), content.quantisation());
    }

    private static Function<Voter.Network, Weights> balanced(Quantisation quantisation) {
        return voter -> {
            Weights weights = Rewrites.apply(voter.weights());
            List<List<Float>> ranges = quantisation.ranges().get(voter.name());
            return ranges == null ? weights : ChannelBalance.of(weights, ranges);
        };
    }

    /** As {@link #rewritten}, with further outputs, from which ranges are measured: see {@link EnsembleGraph#observed}. */
    public static byte[] observed(BundleContent content) {
        return EnsembleGraph.observed(rewrite(content, Rewrites::apply));
    }

    /** The name of the output of {@link #observed} for a convolution, {@code [n][channel][height][width]}. */
    public static String convolution(String voter, int number) {
        return voter + "/convolution-" + number;
    }

    private static Weights rewrite(Weights weights) {
        Weights kept = Rewrites.keepingConvolutions(weights);
        return TransformedNetworks.fits(kept.spec()) ? kept : Rewrites.apply(weights);
    }

    private static BundleContent rewrite(BundleContent content, UnaryOperator<Weights> rewrite) {
        return rewriteVoters(content, voter -> rewrite.apply(voter.weights()));
    }

    private static BundleContent rewriteVoters(BundleContent content, Function<Voter.Network, Weights> rewrite) {
        List<Voter> voters = new ArrayList<>();
        for (Voter.Network voter : content.networks()) {
            voters.add(new Voter.Network(voter.name(), voter.preparation(), rewrite.apply(voter)));
        }
        return new BundleContent(
                content.name(),
                content.version(),
                content.labels(),
                content.features(),
                voters,
                content.temperature(),
                content.persistence(),
                content.priors(),
                content.licence(),
                content.provenance(),
                content.scores());
    }
}
