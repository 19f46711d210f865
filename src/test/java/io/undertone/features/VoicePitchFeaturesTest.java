package io.undertone.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoicePitchFeaturesTest {
    private static final int FRAMES = 150;
    private static final int[][] CLASSES = {{0, 0}, {1, 1}, {2, 3}, {4, 8}, {9, 20}, {21, 254}};

    private float[] octaves = new float[0];
    private float[] voicing = new float[0];
    private boolean[] speech = new boolean[0];

    /** Frames of speech, of which every third has no pitch where {@code broken}. */
    private void fill(int frames, boolean broken, IntToDoubleFunction steps) {
        octaves = new float[frames];
        voicing = new float[frames];
        speech = new boolean[frames];
        for (int t = 0; t < frames; t++) {
            octaves[t] = (float) steps.applyAsDouble(t) / 80;
            voicing[t] = broken && t % 3 == 0 ? 0.2f : 0.9f;
            speech[t] = true;
        }
    }

    private float[] features() {
        float[] target = new float[2 + VoicePitchFeatures.COUNT];
        new VoicePitchFeatures().of(octaves, voicing, octaves.length, speech, target, 1);
        assertThat(target[0]).isZero();
        assertThat(target[target.length - 1]).isZero();
        return Arrays.copyOfRange(target, 1, 1 + VoicePitchFeatures.COUNT);
    }

    @Test
    void shouldHearThatANoteIsHeld() {
        fill(FRAMES, false, t -> 16);
        float[] values = features();
        assertThat(values[0]).as("voiced").isEqualTo(1);
        assertThat(values[5]).as("lag 1: no difference").isEqualTo(1);
        assertThat(values[12]).as("lag 4: no difference").isEqualTo(1);
        assertThat(values[18]).as("frames a run").isEqualTo(FRAMES);
        assertThat(values[20]).as("largest share").isEqualTo(1);
        assertThat(values[21]).as("entropy").isZero();
        assertThat(values[22]).as("median").isEqualTo(0.2f);
        assertThat(values[23]).as("quartiles").isZero();
    }

    @Test
    void shouldHearThatAVoiceGlides() {
        fill(FRAMES, false, t -> 0.5 * t);
        float[] values = features();
        assertThat(values[13]).as("lag 4: one step").isZero();
        assertThat(values[14]).as("lag 4: two or three steps").isEqualTo(1);
        assertThat(values[21]).as("entropy of 75 pitches").isCloseTo((float) Math.log(75), within(0.02f));
        assertThat(values[24]).as("tenths").isCloseTo(0.75f, within(0.02f));
    }

    @Test
    void shouldSayNothingOfPitchWhereNothingIsVoiced() {
        fill(FRAMES, false, t -> 3);
        Arrays.fill(voicing, 0.3f);
        float[] values = features();
        assertThat(values[2]).as("mean autocorrelation").isEqualTo(0.3f);
        for (int i = 0; i < values.length; i++) {
            if (i != 2 && i != 3) {
                assertThat(values[i]).as("number %d", i).isZero();
            }
        }
    }

    @Test
    void shouldReadAWindowAfterALongerOne() {
        VoicePitchFeatures features = new VoicePitchFeatures();
        fill(100, true, t -> t % 9);
        float[] first = new float[VoicePitchFeatures.COUNT];
        features.of(octaves, voicing, 100, speech, first, 0);
        float[] between = new float[VoicePitchFeatures.COUNT];
        float[][] shorter = {octaves, voicing};
        fill(FRAMES, false, t -> -t);
        features.of(octaves, voicing, FRAMES, speech, between, 0);
        float[] again = new float[VoicePitchFeatures.COUNT];
        features.of(shorter[0], shorter[1], 100, speech, again, 0);
        assertThat(again).isEqualTo(first).isNotEqualTo(between);
    }

    /** Against the definition, number by number. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 40, 150})
    void shouldFollowTheDefinition(int frames) {
        Random random = new Random(frames);
        fill(frames, false, t -> 40 * Math.sin(t / 9.0) + random.nextInt(7) * (random.nextInt(5) == 0 ? 25 : 1));
        for (int t = 0; t < frames; t++) {
            voicing[t] = random.nextFloat();
            speech[t] = t == 0 || random.nextInt(5) > 0;
        }
        List<Double> expected = expected(frames);
        float[] actual = features();
        assertThat(expected).hasSize(actual.length);
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i])
                    .as("number %d of %d frames", i, frames)
                    .isCloseTo(expected.get(i), within(1e-5 * (1 + Math.abs(expected.get(i)))));
        }
    }

    private List<Double> expected(int frames) {
        List<Double> all = new ArrayList<>();
        int[] steps = IntStream.range(0, frames)
                .map(t -> Math.max(-127, Math.min(127, Math.round(octaves[t] * 80))))
                .toArray();
        IntPredicate voiced = t -> t >= 0 && speech[t] && voicing[t] > 0.45f;
        double count = count(frames, t -> speech[t]);
        double found = count(frames, voiced);
        double mean = IntStream.range(0, frames)
                .filter(t -> speech[t])
                .mapToDouble(t -> voicing[t])
                .average()
                .orElseThrow();
        all.add(found / count);
        all.add(count(frames, t -> speech[t] && voicing[t] > 0.7f) / count);
        all.add(mean);
        all.add(Math.sqrt(IntStream.range(0, frames)
                .filter(t -> speech[t])
                .mapToDouble(t -> Math.pow(voicing[t] - mean, 2))
                .average()
                .orElseThrow()));
        for (int lag : new int[] {1, 4}) {
            IntPredicate both = t -> voiced.test(t) && voiced.test(t - lag);
            double pairs = count(frames, both);
            all.add(pairs / count);
            for (int[] between : CLASSES) {
                IntPredicate within = t -> {
                    int difference = Math.abs(steps[t] - steps[t - lag]);
                    return difference >= between[0] && difference <= between[1];
                };
                all.add(count(frames, both.and(within)) / Math.max(1, pairs));
            }
        }
        double runs = count(frames, t -> voiced.test(t) && !voiced.test(t - 1));
        all.add(found / Math.max(1, runs));
        all.add(runs / (frames / 50.0));
        addDistribution(
                all,
                IntStream.range(0, frames)
                        .filter(voiced)
                        .map(t -> steps[t])
                        .sorted()
                        .toArray());
        return all;
    }

    private static double count(int frames, IntPredicate of) {
        return IntStream.range(0, frames).filter(of).count();
    }

    private static void addDistribution(List<Double> all, int[] sorted) {
        Map<Integer, Long> times = IntStream.of(sorted)
                .boxed()
                .collect(Collectors.groupingBy(step -> step, TreeMap::new, Collectors.counting()));
        double found = sorted.length;
        all.add(IntStream.rangeClosed(-126, 126)
                        .mapToLong(step -> times.getOrDefault(step - 1, 0L)
                                + times.getOrDefault(step, 0L)
                                + times.getOrDefault(step + 1, 0L))
                        .max()
                        .orElseThrow()
                / Math.max(1, found));
        all.add(times.values().stream()
                .mapToDouble(n -> -n / found * Math.log(n / found))
                .sum());
        all.add(found < 3 ? 0 : quantile(sorted, 0.5));
        all.add(found < 3 ? 0 : quantile(sorted, 0.75) - quantile(sorted, 0.25));
        all.add(found < 3 ? 0 : quantile(sorted, 0.9) - quantile(sorted, 0.1));
    }

    private static double quantile(int[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1] / 80.0;
    }
}
