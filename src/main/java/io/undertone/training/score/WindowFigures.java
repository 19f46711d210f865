package io.undertone.training.score;

import io.undertone.bundle.ReferenceFigures;
import io.undertone.inference.Ensemble;
import io.undertone.inference.Probabilities;
import io.undertone.training.hearing.HeardClip;
import io.undertone.vote.MajorityVote;
import io.undertone.vote.Temperature;
import io.undertone.vote.Verdict;
import io.undertone.window.Window;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Gathers what the vote says of single windows of clips that the voters were not fitted to, for the figures that live windows
 * are later compared with. Not thread-safe.
 */
public final class WindowFigures {
    private static final int BATCH = 64;

    private final List<Seen> seen = new ArrayList<>();

    /** One window and its verdict at temperature 1. */
    private record Seen(double levelDb, double speechRatio, Verdict verdict) {}

    /** Asks all voters about all windows of clips. */
    public void add(Ensemble ensemble, List<HeardClip> clips) {
        MajorityVote vote = new MajorityVote(ensemble.voters(), ensemble.labels(), 1);
        Probabilities probabilities =
                new Probabilities(ensemble.voters().size(), ensemble.labels().size());
        List<Window> windows =
                clips.stream().flatMap(clip -> clip.windows().stream()).toList();
        for (int from = 0; from < windows.size(); from += BATCH) {
            List<Window> some = windows.subList(from, Math.min(windows.size(), from + BATCH));
            ensemble.predict(some, probabilities);
            for (int i = 0; i < some.size(); i++) {
                Window window = some.get(i);
                seen.add(new Seen(window.levelDb(), window.speechRatio(), vote.decide(probabilities, i)));
            }
        }
    }

    /** Adds what another gathered. */
    public void add(WindowFigures other) {
        seen.addAll(other.seen);
    }

    /** Writes all that was gathered, to be read by {@link #read}. */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(seen.size());
        for (Seen window : seen) {
            out.writeDouble(window.levelDb());
            out.writeDouble(window.speechRatio());
            out.writeUTF(window.verdict().label());
            out.writeDouble(window.verdict().agreement());
            out.writeInt(window.verdict().probabilities().size());
            for (Map.Entry<String, Double> entry :
                    window.verdict().probabilities().entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeDouble(entry.getValue());
            }
        }
    }

    /** What {@link #write} wrote; who voted how is not kept. */
    public static WindowFigures read(DataInputStream in) throws IOException {
        WindowFigures figures = new WindowFigures();
        int windows = in.readInt();
        for (int i = 0; i < windows; i++) {
            double levelDb = in.readDouble();
            double speechRatio = in.readDouble();
            String label = in.readUTF();
            double agreement = in.readDouble();
            int labels = in.readInt();
            Map<String, Double> probabilities = new LinkedHashMap<>();
            for (int k = 0; k < labels; k++) {
                probabilities.put(in.readUTF(), in.readDouble());
            }
            double confidence = probabilities.getOrDefault(label, 0.0);
            figures.seen.add(new Seen(
                    levelDb, speechRatio, new Verdict(label, confidence, agreement, probabilities, List.of())));
        }
        return figures;
    }

    /**
     * The figures; empty where no window was seen.
     *
     * @param basis which windows these are, for people
     * @param temperature of the bundle's confidences
     */
    public Optional<ReferenceFigures> figures(String basis, double temperature) {
        if (seen.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(ReferenceFigures.of(
                basis,
                Map.of(
                        ReferenceFigures.LEVEL, values(Seen::levelDb),
                        ReferenceFigures.SPEECH_RATIO, values(Seen::speechRatio),
                        ReferenceFigures.AGREEMENT, values(s -> s.verdict().agreement()),
                        ReferenceFigures.CONFIDENCE, values(s -> confidence(s.verdict(), temperature))),
                seen.stream().map(s -> s.verdict().label()).toList()));
    }

    private double[] values(ToDoubleFunction<Seen> figure) {
        return seen.stream().mapToDouble(figure).toArray();
    }

    /** The confidence that the verdict has at another temperature than 1. */
    private static double confidence(Verdict verdict, double temperature) {
        List<String> labels = List.copyOf(verdict.probabilities().keySet());
        double[] probabilities =
                verdict.probabilities().values().stream().mapToDouble(p -> p).toArray();
        return Temperature.apply(probabilities, temperature)[labels.indexOf(verdict.label())];
    }
}
