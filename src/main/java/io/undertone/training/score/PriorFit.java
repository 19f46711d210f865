package io.undertone.training.score;

import io.undertone.bundle.Priors;
import io.undertone.vote.LabelShift;
import io.undertone.vote.MajorityVote;
import io.undertone.vote.Opinion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Fits label priors: moves from the shares in training towards those in calls only as far as needed to recognise neutral speech of held-out
 * speakers. In between, {@code read(l) ~ learned(l)^(1 - s) calls(l)^s}; of {@code s} from 0 to 1 in steps of 0.05, takes the smallest at
 * which at least {@value #QUIET_SHARE} of the neutral and calm clips, the mean over corpora, are classified as neutral or calm; 1 if none
 * suffices.
 */
public final class PriorFit {
    /** The assumed shares of labels in calls, which are mostly ordinary speech; the details hardly matter. */
    static final Map<String, Double> CALLS = Map.of(
            "neutral", 0.75,
            "calm", 0.07,
            "happy", 0.04,
            "sad", 0.04,
            "angry", 0.04,
            "fearful", 0.02,
            "disgust", 0.02,
            "surprised", 0.02);

    private static final double QUIET_SHARE = 0.92;
    private static final List<String> QUIET = List.of("neutral", "calm");
    private static final int STEPS = 20;

    private PriorFit() {}

    /**
     * The priors that a bundle should have; {@link Priors#NONE} if the shares in training are unknown.
     *
     * @param learned share of each label in training; empty if unknown
     * @param heldOut uncorrected opinions on clips of held-out speakers
     * @param labels in the order of the probabilities
     */
    public static Priors fit(Map<String, Double> learned, List<ClipOpinion> heldOut, List<String> labels) {
        if (learned.isEmpty() || !CALLS.keySet().containsAll(labels)) {
            return Priors.NONE;
        }
        Map<String, List<ClipOpinion>> clips = heldOut.stream()
                .filter(ClipOpinion::heard)
                .filter(clip -> QUIET.contains(labels.get(clip.label())))
                .collect(Collectors.groupingBy(clip -> clip.clip().corpus()));
        for (int step = 0; step < STEPS; step++) {
            Priors priors = between(learned, (double) step / STEPS);
            double share = clips.values().stream()
                    .mapToDouble(own -> quietShare(own, priors, labels))
                    .average()
                    .orElse(1);
            if (share >= QUIET_SHARE) {
                return priors;
            }
        }
        return between(learned, clips.isEmpty() ? 0 : 1);
    }

    private static Priors between(Map<String, Double> learned, double share) {
        Map<String, Double> read = new LinkedHashMap<>();
        learned.forEach((label, of) ->
                read.put(label, Math.pow(of, 1 - share) * Math.pow(CALLS.getOrDefault(label, of), share)));
        return new Priors(learned, read);
    }

    /** Share of clips that the vote classifies as neutral or calm; 1 if there are no clips. */
    private static double quietShare(List<ClipOpinion> clips, Priors priors, List<String> labels) {
        LabelShift shift = LabelShift.of(priors, labels);
        return clips.stream()
                .mapToInt(clip -> {
                    Opinion opinion = clip.readWith(shift).opinion();
                    List<String> voters = IntStream.range(0, opinion.voters())
                            .mapToObj(i -> "voter-" + i)
                            .toList();
                    String label =
                            new MajorityVote(voters, labels, 1).decide(opinion).label();
                    return QUIET.contains(label) ? 1 : 0;
                })
                .average()
                .orElse(1);
    }
}
