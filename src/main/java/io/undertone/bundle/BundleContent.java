package io.undertone.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.affect.AffectTable;
import io.undertone.features.FeatureSpec;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The content of a bundle, independent of its storage. Immutable.
 *
 * @param name such as {@code telephone}: letters, digits, {@code . _ -}
 * @param version such as {@code 1.0.0}, of the same characters
 * @param labels in the order of every probability
 * @param features spec of its windows
 * @param voters networks first, then at most one of trees
 * @param temperature by which the vote's log-probabilities are divided, 0.05 to 20; 1 leaves them
 * @param persistence how long emotions last, for its vote
 * @param priors label shares in training and in use
 * @param affect sentiment, valence and arousal of its labels
 * @param contrastWeights what a change of the caller's voice says of each label
 * @param quantisation value ranges for computing its networks in 8 bits
 * @param licence of the bundle and of its training data
 * @param provenance training data and procedure, free-form
 * @param scores measured figures, free-form
 */
public record BundleContent(
        String name,
        String version,
        List<String> labels,
        FeatureSpec features,
        List<Voter> voters,
        double temperature,
        Persistence persistence,
        Priors priors,
        AffectTable affect,
        ContrastWeights contrastWeights,
        Quantisation quantisation,
        String licence,
        ObjectNode provenance,
        ObjectNode scores) {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** Labels that a bundle may have. */
    private static final int MAX_LABELS = 256;

    /** Voters that a bundle may have. */
    private static final int MAX_VOTERS = 64;

    /** With the default table for its labels, computed in floats, its probabilities not shifted by a contrast. */
    public BundleContent(
            String name,
            String version,
            List<String> labels,
            FeatureSpec features,
            List<Voter> voters,
            double temperature,
            Persistence persistence,
            Priors priors,
            String licence,
            ObjectNode provenance,
            ObjectNode scores) {
        this(
                name,
                version,
                labels,
                features,
                voters,
                temperature,
                persistence,
                priors,
                AffectTable.DEFAULT.of(labels),
                ContrastWeights.NONE,
                Quantisation.NONE,
                licence,
                provenance,
                scores);
    }

    public BundleContent {
        requireWord(name, "name");
        requireWord(version, "version");
        labels = List.copyOf(labels);
        voters = List.copyOf(voters);
        provenance = provenance.deepCopy();
        scores = scores.deepCopy();
        if (labels.size() < 2 || labels.size() > MAX_LABELS || new HashSet<>(labels).size() != labels.size()) {
            throw new IllegalArgumentException("labels must be 2 to " + MAX_LABELS + ", each once: labels=" + labels);
        }
        labels.forEach(label -> requireWord(label, "label"));
        TemperatureRule.require("temperature", temperature);
        priors.requireLabels(labels);
        if (persistence.voiceBaseline() != null) {
            persistence.voiceBaseline().requireLabels(labels);
        }
        requireVoters(voters, features, labels.size());
        affect.requireLabels(labels);
        contrastWeights.requireFit(labels, features);
        quantisation.requireNetworks(networksOf(voters));
    }

    /** A copy as another version, with ranges for its networks and their provenance and scores. */
    public BundleContent quantised(
            String otherVersion, Quantisation ranges, ObjectNode otherProvenance, ObjectNode otherScores) {
        return derived(otherVersion, features, persistence, contrastWeights, ranges, otherProvenance, otherScores);
    }

    /** A copy as another version, with another feature spec of the same shape. */
    public BundleContent withFeatures(String otherVersion, FeatureSpec others, ObjectNode otherProvenance) {
        return withContrast(otherVersion, others, contrastWeights, otherProvenance, scores);
    }

    /** A copy as another version, with another feature spec, whose windows have the same rows, and weights for its contrast. */
    public BundleContent withContrast(
            String otherVersion,
            FeatureSpec others,
            ContrastWeights otherWeights,
            ObjectNode otherProvenance,
            ObjectNode otherScores) {
        return derived(otherVersion, others, persistence, otherWeights, quantisation, otherProvenance, otherScores);
    }

    /** A copy as another version, whose vote uses earlier windows otherwise. */
    public BundleContent withPersistence(String otherVersion, Persistence other, ObjectNode otherProvenance) {
        return derived(otherVersion, features, other, contrastWeights, quantisation, otherProvenance, scores);
    }

    /** The same voters, labels and calibration in another version. */
    private BundleContent derived(
            String otherVersion,
            FeatureSpec otherFeatures,
            Persistence otherPersistence,
            ContrastWeights otherWeights,
            Quantisation otherRanges,
            ObjectNode otherProvenance,
            ObjectNode otherScores) {
        return new BundleContent(
                name,
                otherVersion,
                labels,
                otherFeatures,
                voters,
                temperature,
                otherPersistence,
                priors,
                affect,
                otherWeights,
                otherRanges,
                licence,
                otherProvenance,
                otherScores);
    }

    /** The networks among its voters, in order. */
    public List<Voter.Network> networks() {
        return networksOf(voters);
    }

    private static List<Voter.Network> networksOf(List<Voter> voters) {
        return voters.stream()
                .filter(Voter.Network.class::isInstance)
                .map(Voter.Network.class::cast)
                .toList();
    }

    /** The trees among its voters: none or one. */
    public List<Voter.Trees> trees() {
        return voters.stream()
                .filter(Voter.Trees.class::isInstance)
                .map(Voter.Trees.class::cast)
                .toList();
    }

    /** Rows of each window that the networks read: 0 where windows have one row. */
    public int networkRows() {
        return networks().stream()
                .mapToInt(network -> network.preparation().steps())
                .max()
                .orElse(0);
    }

    /** Names of the voters, in order. */
    public List<String> voterNames() {
        return voters.stream().map(Voter::name).toList();
    }

    @Override
    public ObjectNode provenance() {
        return provenance.deepCopy();
    }

    @Override
    public ObjectNode scores() {
        return scores.deepCopy();
    }

    static void requireWord(String word, String what) {
        if (!WORD.matcher(word).matches() || word.contains("..")) {
            throw new IllegalArgumentException(
                    "must be letters, digits, '.', '_' or '-', the first a letter or digit: " + what + "=" + word);
        }
    }

    private static void requireVoters(List<Voter> voters, FeatureSpec features, int labels) {
        if (voters.isEmpty() || voters.size() > MAX_VOTERS) {
            throw new IllegalArgumentException("voters must be 1 to " + MAX_VOTERS + ": voters=" + voters.size());
        }
        if (voters.stream().map(Voter::name).distinct().count() != voters.size()) {
            throw new IllegalArgumentException("voters must have different names: voters="
                    + voters.stream().map(Voter::name).toList());
        }
        boolean afterTrees = false;
        for (Voter voter : voters) {
            requireWord(voter.name(), "voter");
            if (afterTrees) {
                throw new IllegalArgumentException("trees must be the last voter: voter=" + voter.name());
            }
            if (voter instanceof Voter.Network network) {
                network.requireFit(features, labels);
            } else {
                voter.preparation().width(features);
                afterTrees = true;
            }
        }
        if (voters.stream()
                        .map(Voter::preparation)
                        .mapToInt(InputPreparation::steps)
                        .filter(steps -> steps > 0)
                        .distinct()
                        .count()
                > 1) {
            throw new IllegalArgumentException("voters must take the same number of steps: preparations="
                    + voters.stream().map(Voter::preparation).toList());
        }
    }
}
