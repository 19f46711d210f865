package io.undertone.training.score;

import io.undertone.vote.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scores of one set of clips: of each voter alone, of the networks' vote and of all voters' vote, to show the gain of voting. Not
 * thread-safe.
 */
public final class VoteScores {
    private final List<String> labels;
    private final Map<String, Tally> voters = new LinkedHashMap<>();
    private final Tally networks;
    private final Tally all;
    private final ClipVerdicts verdicts = new ClipVerdicts();

    private VoteScores(List<String> voterNames, List<String> labels) {
        this.labels = List.copyOf(labels);
        voterNames.forEach(name -> voters.put(name, new Tally(labels)));
        networks = new Tally(labels);
        all = new Tally(labels);
    }

    /**
     * Scores clips.
     *
     * @param voterNames in the order of the opinions
     * @param networkCount how many of them are networks, which come first
     * @param temperature of the vote's confidence
     */
    public static VoteScores of(
            List<ClipOpinion> clips,
            List<String> voterNames,
            int networkCount,
            List<String> labels,
            double temperature) {
        VoteScores scores = new VoteScores(voterNames, labels);
        List<Tally> tallies = new ArrayList<>(scores.voters.values());
        for (int voter = 0; voter < tallies.size(); voter++) {
            add(tallies.get(voter), clips, new ClipVote(voter, voter + 1, labels, 1), labels);
        }
        add(scores.networks, clips, new ClipVote(0, networkCount, labels, temperature), labels);
        ClipVote all = new ClipVote(0, voterNames.size(), labels, temperature);
        add(scores.all, clips, all, labels);
        clips.forEach(clip -> scores.verdicts.add(said(clip, all, labels)));
        return scores;
    }

    private static ClipVerdicts.Said said(ClipOpinion clip, ClipVote vote, List<String> labels) {
        String speaker = clip.clip().speakerKey();
        String label = labels.get(clip.label());
        if (!clip.heard()) {
            return new ClipVerdicts.Said(speaker, label, null, Map.of());
        }
        Verdict verdict = vote.of(clip);
        return new ClipVerdicts.Said(speaker, label, verdict.label(), verdict.probabilities());
    }

    private static void add(Tally tally, List<ClipOpinion> clips, ClipVote vote, List<String> labels) {
        for (ClipOpinion clip : clips) {
            if (clip.heard()) {
                Verdict verdict = vote.of(clip);
                tally.add(clip.label(), labels.indexOf(verdict.label()), verdict.confidence());
            } else {
                tally.addUnheard(clip.label());
            }
        }
    }

    /** Empty scores of the same voters and labels. */
    public VoteScores empty() {
        return new VoteScores(List.copyOf(voters.keySet()), labels);
    }

    /** Adds all clips of another with the same voters, such as another fold's. */
    public void add(VoteScores other) {
        voters.forEach((name, tally) -> {
            Tally more = other.voters.get(name);
            if (more == null) {
                throw new IllegalArgumentException(
                        "voters must be the same: " + voters.keySet() + " and " + other.voters.keySet());
            }
            tally.add(more);
        });
        networks.add(other.networks);
        all.add(other.all);
        verdicts.add(other.verdicts);
    }

    public List<String> labels() {
        return labels;
    }

    /** Each voter alone, by name, in order. */
    public Map<String, Tally> voters() {
        return new LinkedHashMap<>(voters);
    }

    /** The vote of the networks. */
    public Tally networks() {
        return networks;
    }

    /** The vote of all voters, which is published. */
    public Tally all() {
        return all;
    }

    /** The verdicts of all voters' vote on each clip. */
    public ClipVerdicts verdicts() {
        return verdicts;
    }

    /** Mean UAR of the voters alone. */
    public double meanVoterUar() {
        return voters.values().stream()
                .mapToDouble(t -> t.confusion().uar())
                .average()
                .orElse(Double.NaN);
    }
}
