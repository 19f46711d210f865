package io.undertone.training.report;

import io.undertone.affect.AffectTable;
import io.undertone.bundle.Persistence;
import java.util.List;
import java.util.Locale;

/**
 * A bundle's card in Markdown, generated from the numbers of its reports, so that the two can't differ.
 *
 * @param name of the bundle
 * @param version of the bundle
 * @param labels that it outputs
 * @param recipe how it was made, in a few sentences
 * @param data a line for each corpus: name, clips, speakers, licence
 * @param licence of the weights
 * @param command that reproduces it
 * @param scores Markdown tables of the measurements, with the protocol's name and meaning
 * @param multiplyAdds of one window through all networks
 * @param temperature of its confidences; 1 if none could be fitted on held-out speakers
 * @param persistence of its verdicts
 */
public record ModelCard(
        String name,
        String version,
        List<String> labels,
        String recipe,
        List<String> data,
        String licence,
        String command,
        String scores,
        long multiplyAdds,
        double temperature,
        Persistence persistence) {
    /** File name within a bundle. */
    public static final String FILE = "MODEL_CARD.md";

    /** The text of a card without its first heading, to be included in the card of a version made from it. */
    public static String untitled(String card) {
        return card.replaceFirst("^# [^\n]*\n+", "");
    }

    /** The card. */
    public String markdown() {
        return "# " + name + " " + version + "\n\n"
                + recipe + "\n\nLabels: " + String.join(", ", labels) + ". "
                + String.format(
                        Locale.ROOT,
                        "One window takes %.1f million multiply-adds in the networks. ",
                        multiplyAdds / 1e6)
                + (temperature == 1
                        ? "Confidences are not calibrated.\n"
                        : String.format(
                                Locale.ROOT, "Confidences are calibrated by a temperature of %.3f.%n", temperature))
                + "Emotions in a call: " + persistence.describe() + ".\n"
                + "\n## What it reaches\n\n" + scores
                + "\n## Sentiment, valence and arousal\n\nSums and means over the labels, weighted with their probabilities ("
                + AffectTable.DEFAULT.source() + "):\n\n"
                + AffectTable.DEFAULT.of(labels).markdown()
                + "\n## Data\n\n- " + String.join("\n- ", data)
                + "\n\n## Licence\n\n" + licence
                + "\n\nWhat made these, and makes others of recordings whose licence allows what you need:\n\n```\n"
                + command
                + "\n```\n"
                + """

                ## Intended use

                A hint, window by window, at how a caller's voice sounds: for research, teaching and trying streams out. \
                A label says which of a few acted emotions the voice resembles, not what a person feels. Use it in \
                aggregate, with a person deciding, and tell those who are scored.

                ## Limits

                - Trained on acted speech: few speakers, few sentences, clear emotions. Real calls are subtler; expect less.
                - What it was not trained on it has not learned: other languages, children, the very old, illness, loud \
                rooms, music, several voices at once.
                - Some emotions are told apart far worse than others: read the recall of each label above.
                - A window without enough speech gets no label; a window over two moods gets one of them.

                ## Who must not be scored

                - People at work, and people in education: inferring their emotions is banned in the European Union (AI \
                Act, Article 5(1)(f)). Undertone therefore drops the agent's voice unless told otherwise.
                - Anyone about whom a decision hangs on the label: employment, credit, insurance, health, policing, asylum.
                - Children, and anyone who has not been told.
                """;
    }
}
