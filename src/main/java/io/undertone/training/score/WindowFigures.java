package io.undertone.training.score;

import io.undertone.bundle.ReferenceFigures;
import io.undertone.inference.Ensemble;
import io.undertone.inference.Probabilities;
import io.undertone.training.hearing.HeardClip;
import io.undertone.vote.LabelShift;
import io.undertone.vote.MajorityVote;
import io.undertone.vote.Opinion;
import io.undertone.vote.Verdict;
import io.undertone.window.Window;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Collects the vote's verdicts on single windows of held-out clips, as the reference for drift of live windows. Not thread-safe.
 */
public final class WindowFigures {
    private static final int BATCH = 64;

    private final List<Seen> seen = new ArrayList<>();

    /** Adds a window with its voters' opinion. */
    private record Seen(double levelDb, double speechRatio, Opinion opinion) {}

    /** Adds a window with its verdict. */
    private record Judged(Seen seen, Verdict verdict) {}

    /** Runs all voters on all windows of clips. */
    public void add(Ensemble ensemble, List<HeardClip> clips) {
        Probabilities probabilities =
                new Probabilities(ensemble.voters().size(), ensemble.labels().size());
        List<Window> windows =
                clips.stream().flatMap(clip -> clip.windows().stream()).toList();
        for (int from = 0; from < windows.size(); from += BATCH) {
            List<Window> some = windows.subList(from, Math.min(windows.size(), from + BATCH));
            ensemble.predict(some, probabilities);
            for (int i = 0; i < some.size(); i++) {
                Window window = some.get(i);
                seen.add(new Seen(window.levelDb(), window.speechRatio(), Opinion.of(probabilities, i)));
            }
        }
    }

    /** Adds the windows of another. */
    public void add(WindowFigures other) {
        seen.addAll(other.seen);
    }

    /** Writes the collected windows for {@link #read}. */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(seen.size());
        for (Seen window : seen) {
            out.writeDouble(window.levelDb());
            out.writeDouble(window.speechRatio());
            out.writeInt(window.opinion().voters());
            out.writeInt(window.opinion().labels());
            for (int voter = 0; voter < window.opinion().voters(); voter++) {
                for (int label = 0; label < window.opinion().labels(); label++) {
                    out.writeFloat(window.opinion().probability(voter, label));
                }
            }
        }
    }

    /** Reads what {@link #write} wrote. */
    public static WindowFigures read(DataInputStream in) throws IOException {
        WindowFigures figures = new WindowFigures();
        int windows = in.readInt();
        for (int i = 0; i < windows; i++) {
            double levelDb = in.readDouble();
            double speechRatio = in.readDouble();
            float[][] byVoter = new float[in.readInt()][in.readInt()];
            for (float[] row : byVoter) {
                for (int k = 0; k < row.length; k++) {
                    row[k] = in.readFloat();
                }
            }
            figures.seen.add(new Seen(levelDb, speechRatio, Opinion.of(byVoter)));
        }
        return figures;
    }

    /**
     * The figures; empty without windows.
     *
     * @param basis description of the windows
     * @param labels in the order of the probabilities
     * @param shift the bundle's correction of label priors
     * @param temperature of the bundle's confidences
     */
    public Optional<ReferenceFigures> figures(String basis, List<String> labels, LabelShift shift, double temperature) {
        if (seen.isEmpty()) {
            return Optional.empty();
        }
        List<String> voters = IntStream.range(0, seen.get(0).opinion().voters())
                .mapToObj(i -> "voter-" + i)
                .toList();
        MajorityVote vote = new MajorityVote(voters, labels, temperature);
        List<Judged> judged = seen.stream()
                .map(window -> new Judged(window, vote.decide(shift.apply(window.opinion()))))
                .toList();
        return Optional.of(ReferenceFigures.of(
                basis,
                Map.of(
                        ReferenceFigures.LEVEL, values(judged, j -> j.seen().levelDb()),
                        ReferenceFigures.SPEECH_RATIO,
                                values(judged, j -> j.seen().speechRatio()),
                        ReferenceFigures.AGREEMENT,
                                values(judged, j -> j.verdict().agreement()),
                        ReferenceFigures.CONFIDENCE,
                                values(judged, j -> j.verdict().confidence())),
                judged.stream().map(j -> j.verdict().label()).toList()));
    }

    private static double[] values(List<Judged> judged, ToDoubleFunction<Judged> figure) {
        return judged.stream().mapToDouble(figure).toArray();
    }
}
