package io.undertone.training.frames;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * How many clips of each corpus and label a pass holds. Of {@code n} clips of a label in a corpus whose clips have weight {@code w}, a
 * pass of {@code size} clips holds {@code size n w b / sum}, {@code b} being 1 for the label with most clips in that corpus, {@code m},
 * and {@code sqrt(m / n)}, 2 at most, for others (square-root sampling, Mahajan et al. 2018): the target measure is the mean of the labels'
 * recalls. A clip repeats only after all others of its corpus and label were used. Immutable, thread-safe.
 *
 * <p>Two corpora of 100 clips of one label each, of weights 1 and 0.5: a pass of 60 holds 40 and 20.
 */
final class PassPlan {
    private static final double MOST_BALANCE = 2;

    private final List<int[]> groups = new ArrayList<>();
    private final int[] labels;
    private final double[] quotas;
    private final int size;

    /**
     * @param clips all that may be drawn
     * @param weight of a corpus' clips, by its name
     * @param size clips of a pass
     */
    PassPlan(List<TrainingClip> clips, ToDoubleFunction<String> weight, int size) {
        Map<String, List<Integer>> byGroup = new TreeMap<>();
        Map<String, Integer> most = new HashMap<>();
        for (int i = 0; i < clips.size(); i++) {
            List<Integer> group = byGroup.computeIfAbsent(key(clips.get(i)), key -> new ArrayList<>());
            group.add(i);
            most.merge(clips.get(i).clip().corpus(), group.size(), Math::max);
        }
        this.labels = new int[byGroup.size()];
        this.quotas = new double[byGroup.size()];
        this.size = clips.isEmpty() ? 0 : size;
        double sum = 0;
        for (List<Integer> group : byGroup.values()) {
            String corpus = clips.get(group.get(0)).clip().corpus();
            double balance = Math.min(MOST_BALANCE, Math.sqrt((double) most.getOrDefault(corpus, 0) / group.size()));
            quotas[groups.size()] = group.size() * weight.applyAsDouble(corpus) * balance;
            labels[groups.size()] = clips.get(group.get(0)).label();
            sum += quotas[groups.size()];
            groups.add(group.stream().mapToInt(i -> i).toArray());
        }
        for (int i = 0; i < quotas.length; i++) {
            quotas[i] *= this.size / sum;
        }
    }

    private static String key(TrainingClip clip) {
        return clip.clip().corpus() + "/" + clip.label();
    }

    /** Share of each of so many labels in a pass. */
    double[] shares(int count) {
        double[] shares = new double[count];
        for (int i = 0; i < quotas.length; i++) {
            shares[labels[i]] += quotas[i] / size;
        }
        return shares;
    }

    /** Clips of a pass. */
    int size() {
        return size;
    }

    /** The clips of one pass, by number, in random order. */
    int[] draw(SplittableRandom random) {
        int[] drawn = new int[size];
        int at = 0;
        // The remainder after rounding down is distributed at random, in proportion to each group's rounding loss
        // (systematic sampling).
        double carried = random.nextDouble();
        for (int i = 0; i < quotas.length; i++) {
            carried += quotas[i];
            int count = i == quotas.length - 1 ? size - at : Math.min(size - at, (int) carried);
            carried -= count;
            at = fill(drawn, at, count, groups.get(i), random);
        }
        Shuffle.inPlace(drawn, random);
        return drawn;
    }

    private static int fill(int[] drawn, int from, int count, int[] group, SplittableRandom random) {
        int at = from;
        while (at < from + count) {
            int[] deck = Arrays.copyOf(group, group.length);
            Shuffle.inPlace(deck, random);
            int taken = Math.min(deck.length, from + count - at);
            System.arraycopy(deck, 0, drawn, at, taken);
            at += taken;
        }
        return at;
    }
}
