package io.undertone.vote;

import io.undertone.bundle.Persistence;
import java.util.List;

/**
 * The vote on the windows of a leg, in order, each verdict using those before: the forward algorithm of a hidden Markov model
 * (Rabiner 1989, section III.A) whose states are the labels. Between two windows the emotion stays with probability
 * {@code r = exp(-d / dwell)} and is drawn anew from all labels otherwise, {@code d} being the seconds between their ends; so the prior of a label {@code l} for the window is
 *
 * <p>{@code prior(l) = r belief(l) + (1 - r) read(l)}
 *
 * <p>{@code read} being the share of each label in use ({@link LabelShift}), {@code 1 / labels} if the bundle does not state it. Each voter's probabilities, corrected for those shares, become {@code p(l) prior(l) / read(l)}, normalised to a sum of 1, and their majority wins ({@link MajorityVote}). The new belief is {@code prior(l) (m(l) / read(l))^evidence}, normalised to a sum of 1, {@code m} being the mean of the voters' probabilities. The first window of a leg is judged by itself, as is each after a long silence and one that ends before the previous one; later windows never affect it.
 *
 * <p>Where the bundle has a {@link io.undertone.bundle.VoiceBaseline}, probabilities of all windows but the first are first corrected for how the voice has sounded so far ({@link VoiceShift}).
 *
 * <p>Confidences within a call have a temperature of their own, {@link Persistence#temperature()}: between that and the
 * bundle's, {@code log T = r log T(persistence) + (1 - r) log T(bundle)}.
 *
 * <p>With two labels, dwell 5 s and evidence 1: windows at 3 and 4 s in which all voters say [0.8, 0.2] and then [0.4, 0.6] have r =
 * 0.819, prior [0.746, 0.254], so [0.661, 0.339]: the second window still has the first label.
 *
 * <p>Immutable, thread-safe.
 */
public final class LegVote {
    /** The value used in place of a probability of 0, so that no label is ever impossible. */
    private static final double LEAST = 1e-6;

    private static final double MS_PER_SECOND = 1_000;

    private final MajorityVote vote;
    private final Persistence persistence;
    private final LabelShift shift;
    private final double[] expected;
    private final VoiceShift voices;
    private final int key;

    /** A vote with the shares of labels in training. */
    public LegVote(MajorityVote vote, Persistence persistence) {
        this(vote, persistence, LabelShift.NONE);
    }

    /** A vote that corrects for shares of labels that differ from training. */
    public LegVote(MajorityVote vote, Persistence persistence, LabelShift shift) {
        this.vote = vote;
        this.persistence = persistence;
        this.shift = shift;
        this.expected = shift.expected(vote.labels().size());
        this.voices = VoiceShift.of(persistence.voiceBaseline(), vote.labels());
        this.key = voices.key(vote.labels());
    }

    /**
     * The result for one window.
     *
     * @param verdict on it, using the earlier windows
     * @param alone the verdict on the window judged independently
     * @param belief about the leg after it
     */
    public record Judgement(Verdict verdict, Verdict alone, Belief belief) {}

    /**
     * Judges a window.
     *
     * @param voted the voters' opinion on it
     * @param before the belief from the leg's earlier windows
     * @param endMs its end, since the leg's start
     * @throws IllegalStateException if no voter answered
     */
    public Judgement judge(Opinion voted, Belief before, long endMs) {
        Opinion opinion = shift.apply(voted);
        Verdict alone = vote.decide(opinion);
        if (!persistence.usesEarlierWindows()) {
            return new Judgement(alone, alone, before);
        }
        if (!before.isOf(key, vote.labels().size()) || endMs < before.atMs()) {
            return new Judgement(alone, alone, after(opinion, expected, endMs, voices.heard(Voice.NONE, opinion)));
        }
        Opinion ofVoice = voices.apply(opinion, before.voice());
        double stays = Math.exp((before.atMs() - endMs) / MS_PER_SECOND / persistence.dwellSeconds());
        double[] prior = prior(before, stays);
        double temperature = Math.pow(persistence.temperature(), stays) * Math.pow(vote.temperature(), 1 - stays);
        return new Judgement(
                vote.decide(ofVoice, relative(prior), temperature),
                alone,
                after(ofVoice, prior, endMs, voices.heard(before.voice(), opinion)));
    }

    /** The prior of each label relative to its share in use; the prior itself if the bundle states no shares. */
    private double[] relative(double[] prior) {
        if (shift == LabelShift.NONE) {
            return prior;
        }
        double[] relative = new double[prior.length];
        for (int label = 0; label < relative.length; label++) {
            relative[label] = prior[label] / expected[label];
        }
        return relative;
    }

    private double[] prior(Belief before, double stays) {
        double[] prior = new double[vote.labels().size()];
        for (int label = 0; label < prior.length; label++) {
            prior[label] = Math.max(LEAST, stays * before.probability(label) + (1 - stays) * expected[label]);
        }
        return prior;
    }

    private Belief after(Opinion opinion, double[] prior, long endMs, Voice voice) {
        List<String> labels = vote.labels();
        double[] belief = new double[labels.size()];
        double sum = 0;
        for (int label = 0; label < belief.length; label++) {
            belief[label] =
                    prior[label] * Math.pow(Math.max(LEAST, likelihood(opinion, label)), persistence.evidence());
            sum += belief[label];
        }
        float[] rounded = new float[belief.length];
        for (int label = 0; label < belief.length; label++) {
            rounded[label] = (float) (belief[label] / sum);
        }
        return Belief.of(key, rounded, endMs, voice);
    }

    /** The mean probability of a label, relative to its share in use if the bundle states it. */
    private double likelihood(Opinion opinion, int label) {
        double mean = opinion.mean(label);
        return shift == LabelShift.NONE ? mean : mean / expected[label];
    }
}
