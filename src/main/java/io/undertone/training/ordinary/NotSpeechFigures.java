package io.undertone.training.ordinary;

import io.undertone.training.score.Figure;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A bundle's results on recordings without speech.
 *
 * @param all of them
 * @param byFile by file, in the order of their names
 * @param labelled share of the windows that wrongly get a label, with its standard error over files
 * @param negative share of those that are angry, fearful, disgust or sad with a confidence of at least {@link OrdinaryFigures#SURE}, judged
 *     as in serving
 */
public record NotSpeechFigures(Counts all, List<FileCounts> byFile, Figure labelled, Figure negative) {
    /**
     * Counts of windows by outcome. One window of 3 s begins every second, so that a minute holds about 58.
     *
     * @param windows all of them
     * @param labelled windows that got a label
     * @param silent windows dropped because they hold too little speech
     * @param notSpeech windows dropped as music, tones or noise
     * @param negative windows labelled angry, fearful, disgust or sad with high confidence
     */
    public record Counts(int windows, int labelled, int silent, int notSpeech, int negative) {
        private static Counts of(JudgedCall file) {
            int labelled = file.served().windows().size();
            int silent = file.call().silentWindows();
            int notSpeech = file.call().notSpeechWindows();
            int negative = (int) file.served().windows().stream()
                    .filter(OrdinaryFigures::isSurelyNegative)
                    .count();
            return new Counts(labelled + silent + notSpeech, labelled, silent, notSpeech, negative);
        }

        private static Counts sum(List<FileCounts> files) {
            Counts sum = new Counts(0, 0, 0, 0, 0);
            for (FileCounts file : files) {
                Counts more = file.counts();
                sum = new Counts(
                        sum.windows + more.windows,
                        sum.labelled + more.labelled,
                        sum.silent + more.silent,
                        sum.notSpeech + more.notSpeech,
                        sum.negative + more.negative);
            }
            return sum;
        }

        /** Share of the windows that get a label. */
        public double shareLabelled() {
            return (double) labelled / windows;
        }

        /** Share of the labelled windows that are negative with high confidence; 0 if none is labelled. */
        public double shareNegative() {
            return labelled == 0 ? 0 : (double) negative / labelled;
        }
    }

    /**
     * The counts of one file.
     *
     * @param file its name
     */
    public record FileCounts(String file, Counts counts) {}

    public NotSpeechFigures {
        byFile = List.copyOf(byFile);
    }

    /** The figures of each kind, by its name. */
    public static Map<String, NotSpeechFigures> byKind(List<JudgedCall> files) {
        Map<String, NotSpeechFigures> figures = new TreeMap<>();
        files.stream()
                .collect(Collectors.groupingBy(file -> file.call().kind()))
                .forEach((kind, some) -> figures.put(kind, of(some)));
        return figures;
    }

    private static NotSpeechFigures of(List<JudgedCall> files) {
        List<FileCounts> byFile = files.stream()
                .map(file -> new FileCounts(file.call().source(), Counts.of(file)))
                .sorted(java.util.Comparator.comparing(FileCounts::file))
                .toList();
        return new NotSpeechFigures(
                Counts.sum(byFile),
                byFile,
                Figure.of(byFile, FileCounts::file, some -> Counts.sum(some).shareLabelled()),
                Figure.of(byFile, FileCounts::file, some -> Counts.sum(some).shareNegative()));
    }
}
