package io.undertone.affect;

import io.undertone.Sentiment;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Where each label lies: in which class of sentiment, how pleasant, how excited. A bundle has one for its labels. Immutable.
 *
 * <p>A window's valence is the mean of its labels' valence, weighted with their probabilities, and its arousal likewise: angry 0.75 and
 * happy 0.25 have the valence 0.75 · -0.51 + 0.25 · 0.81 = -0.18 by {@link #DEFAULT}. Its sentiment is the class whose labels have the
 * highest sum of probabilities.
 *
 * @param source where the numbers come from, for people
 * @param labels by label
 */
public record AffectTable(String source, Map<String, Place> labels) {
    /**
     * The table of bundles that bring none. Valence and arousal of angry, disgust, fearful, happy, sad and surprised are the mean pleasure and
     * arousal that people gave those words in Russell and Mehrabian, "Evidence for a three-factor theory of emotions", Journal of Research
     * in Personality 11 (1977), 273-294, doi 10.1016/0092-6566(77)90037-X; arousal from [-1, 1] there to [0, 1] here. Three are choices:
     *
     * <ul>
     *   <li>neutral is the middle of both scales;
     *   <li>calm is mildly pleasant (0.3) and little excited (0.3), on the side where Russell's circumplex (1980), doi 10.1037/h0077714, has
     *       it, but nearer to the middle than that: as read out in the corpora of emotional speech it is hard to tell from neutral, and counts
     *       as neutral sentiment;
     *   <li>surprised is excited, and of no sentiment and valence 0 (0.40 in those norms): whether a surprise on the phone is a good one
     *       depends on what surprises.
     * </ul>
     */
    public static final AffectTable DEFAULT = new AffectTable(
            "Russell and Mehrabian 1977, doi 10.1016/0092-6566(77)90037-X; neutral, calm and the valence of surprised are choices",
            defaults());

    /** Of a label that a table does not know: no class, the middle of both scales. */
    private static final Place UNKNOWN = new Place(null, 0, 0.5);

    /**
     * Where one label lies.
     *
     * @param sentiment its class; null: none
     * @param valence how pleasant, [-1, 1]
     * @param arousal how excited, [0, 1]
     */
    public record Place(@Nullable Sentiment sentiment, double valence, double arousal) {
        /** Checks the ranges. */
        public Place {
            new Affect(Sentiment.NEUTRAL, valence, arousal);
            if (sentiment == Sentiment.UNKNOWN) {
                throw new IllegalArgumentException(
                        "must be NEGATIVE, NEUTRAL or POSITIVE, or absent: sentiment=UNKNOWN");
            }
        }
    }

    /** Copies the labels, in their order. */
    public AffectTable {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    private static Map<String, Place> defaults() {
        Map<String, Place> places = new LinkedHashMap<>();
        places.put("neutral", new Place(Sentiment.NEUTRAL, 0, 0.5));
        places.put("calm", new Place(Sentiment.NEUTRAL, 0.3, 0.3));
        places.put("happy", new Place(Sentiment.POSITIVE, 0.81, 0.755));
        places.put("sad", new Place(Sentiment.NEGATIVE, -0.63, 0.365));
        places.put("angry", new Place(Sentiment.NEGATIVE, -0.51, 0.795));
        places.put("fearful", new Place(Sentiment.NEGATIVE, -0.64, 0.8));
        places.put("disgust", new Place(Sentiment.NEGATIVE, -0.6, 0.675));
        places.put("surprised", new Place(null, 0, 0.835));
        return places;
    }

    /** This table for these labels alone; those that it does not know are of no class and in the middle of both scales. */
    public AffectTable of(List<String> wanted) {
        Map<String, Place> places = new LinkedHashMap<>();
        wanted.forEach(label -> places.put(label, labels.getOrDefault(label, UNKNOWN)));
        return new AffectTable(source, places);
    }

    /**
     * Checks that this is a table of some labels.
     *
     * @throws IllegalArgumentException where it is of others
     */
    public void requireLabels(List<String> wanted) {
        if (!new HashSet<>(wanted).equals(labels.keySet())) {
            throw new IllegalArgumentException(
                    "affect.labels must name each label once: affect.labels=" + labels.keySet() + ", labels=" + wanted);
        }
    }

    /**
     * How a window sounds.
     *
     * @param probabilities by label, summing to 1
     */
    public Affect of(Map<String, Double> probabilities) {
        double negative = 0;
        double neutral = 0;
        double positive = 0;
        double none = 0;
        double valence = 0;
        double arousal = 0;
        for (Map.Entry<String, Double> each : probabilities.entrySet()) {
            Place place = labels.getOrDefault(each.getKey(), UNKNOWN);
            double share = each.getValue();
            valence += share * place.valence();
            arousal += share * place.arousal();
            Sentiment sentiment = place.sentiment();
            if (sentiment == Sentiment.NEGATIVE) {
                negative += share;
            } else if (sentiment == Sentiment.NEUTRAL) {
                neutral += share;
            } else if (sentiment == Sentiment.POSITIVE) {
                positive += share;
            } else {
                none += share;
            }
        }
        return Affect.rounded(Affect.strongest(negative, Math.max(neutral, none), positive), valence, arousal);
    }

    /** For people: the table in Markdown, a row for each label. */
    public String markdown() {
        StringJoiner rows =
                new StringJoiner("\n", "| label | sentiment | valence | arousal |\n| --- | --- | --- | --- |\n", "\n");
        labels.forEach((label, place) -> {
            Sentiment sentiment = place.sentiment();
            String word = sentiment == null ? "none" : sentiment.name().toLowerCase(Locale.ROOT);
            rows.add("| " + label + " | " + word + " | " + number(place.valence()) + " | " + number(place.arousal())
                    + " |");
        });
        return rows.toString();
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.replaceAll("\\.?0+$", "");
    }
}
