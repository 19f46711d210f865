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
 * Finds how common verdicts should take labels to be: as little away from the shares of training, towards those of calls, as neutral speech
 * of held-out speakers needs to be heard as such. Between the two, {@code read(l) ~ learned(l)^(1 - s) calls(l)^s}, of {@code s} from 0 to 1
 * in steps of 0.05 the smallest by which at least {@value #QUIET_SHARE} of the neutral and calm clips, the mean over corpora, are heard as
 * neutral or calm; 1 where none is enough.
 */
public final class PriorFit {
    /** What callers' speech is taken to be made of: an assumption, since calls are mostly ordinary, whose details hardly matter. */
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
     * The priors that a bundle should have; {@link Priors#NONE} where shares of training are not known.
     *
     * @param learned share of each label in training; empty where it is not known
     * @param heldOut clips by voters that did not know their speakers, uncorrected
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

    /** Share of clips that the vote hears as neutral or calm; 1 of none. */
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
