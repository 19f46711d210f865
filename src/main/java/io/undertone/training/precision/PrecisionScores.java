package io.undertone.training.precision;

import io.undertone.bundle.BundleContent;
import io.undertone.inference.Ensemble;
import io.undertone.inference.Probabilities;
import io.undertone.training.hearing.HeardClip;
import io.undertone.training.score.ClipOpinion;
import io.undertone.training.score.VoteScores;
import io.undertone.vote.LabelShift;
import io.undertone.vote.MajorityVote;
import io.undertone.vote.Opinion;
import io.undertone.window.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a bundle's vote on the same clips in floats and in 8 bits, for whole clips and for each window independently. Not thread-safe.
 */
public final class PrecisionScores {
    private final BundleContent content;
    private final LabelShift shift;
    private final MajorityVote vote;
    private final Ensemble floats;
    private final Ensemble bytes;
    private final List<ClipOpinion> inFloats = new ArrayList<>();
    private final List<ClipOpinion> inBytes = new ArrayList<>();
    private final VoteDifference difference = new VoteDifference();

    /**
     * Compares two ensembles, which the caller closes.
     *
     * @param content of the bundle: its labels, priors and temperature are used
     * @param floats the bundle in floats
     * @param bytes the bundle in 8 bits
     */
    public PrecisionScores(BundleContent content, Ensemble floats, Ensemble bytes) {
        this.content = content;
        this.shift = LabelShift.of(content.priors(), content.labels());
        this.vote = new MajorityVote(content.voterNames(), content.labels(), content.temperature());
        this.floats = floats;
        this.bytes = bytes;
    }

    /** Adds clips. */
    public void add(List<HeardClip> heard) {
        inFloats.addAll(opinions(floats, heard));
        inBytes.addAll(opinions(bytes, heard));
        List<Window> windows =
                heard.stream().flatMap(clip -> clip.windows().stream()).toList();
        if (windows.isEmpty()) {
            return;
        }
        Probabilities one = ask(floats, windows);
        Probabilities other = ask(bytes, windows);
        for (int window = 0; window < windows.size(); window++) {
            difference.add(
                    vote.decide(shift.apply(Opinion.of(one, window))),
                    vote.decide(shift.apply(Opinion.of(other, window))));
        }
    }

    private static Probabilities ask(Ensemble ensemble, List<Window> windows) {
        Probabilities probabilities =
                new Probabilities(ensemble.voters().size(), ensemble.labels().size());
        ensemble.predict(windows, probabilities);
        return probabilities;
    }

    private List<ClipOpinion> opinions(Ensemble ensemble, List<HeardClip> heard) {
        return ClipOpinion.ask(ensemble, heard).stream()
                .map(opinion -> opinion.readWith(shift))
                .toList();
    }

    VoteDifference.Figures difference() {
        return difference.figures();
    }

    /** UAR of a corpus' clips in floats and in 8 bits. */
    Uar uar(String corpus) {
        return new Uar(uar(of(inFloats, corpus)), uar(of(inBytes, corpus)));
    }

    /** UAR of all clips in floats and in 8 bits. */
    Uar uar() {
        return new Uar(uar(inFloats), uar(inBytes));
    }

    private static List<ClipOpinion> of(List<ClipOpinion> opinions, String corpus) {
        return opinions.stream()
                .filter(opinion -> opinion.clip().corpus().equals(corpus))
                .toList();
    }

    private double uar(List<ClipOpinion> opinions) {
        return VoteScores.of(
                        opinions,
                        content.voterNames(),
                        content.networks().size(),
                        content.labels(),
                        content.temperature())
                .all()
                .confusion()
                .uar();
    }

    /**
     * The same clips' unweighted average recall.
     *
     * @param inFloats with the networks in floats
     * @param inBytes with the networks in 8 bits
     */
    record Uar(double inFloats, double inBytes) {}
}
