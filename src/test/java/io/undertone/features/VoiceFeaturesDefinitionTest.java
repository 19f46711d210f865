package io.undertone.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link VoiceFeatures} against its definition, computed number by number in double precision. */
class VoiceFeaturesDefinitionTest {
    private static final int BANDS = VoiceFeatures.BANDS;
    private static final int[] THIRDS = {0, 13, 27, BANDS};

    private double[][] x;
    private double[][] y;
    private boolean[] speech;
    private int frames;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9, 33, 150, 151})
    void shouldFollowTheDefinition(int frames) {
        Random random = new Random(frames);
        float[][] logMel = new float[BANDS][frames];
        this.frames = frames;
        speech = new boolean[frames];
        for (int t = 0; t < frames; t++) {
            speech[t] = t == 0 || random.nextInt(10) < 7;
            float loudness = 12 * (float) Math.sin(t / 7.0);
            for (int b = 0; b < BANDS; b++) {
                logMel[b][t] = -50 + loudness + 9 * (float) random.nextGaussian();
            }
        }
        fill(logMel);
        List<Double> expected = expected();
        float[] actual = new VoiceFeatures().of(logMel, frames, speech);
        assertThat(expected).hasSize(VoiceFeatures.COUNT);
        for (int i = 0; i < expected.size(); i++) {
            assertThat((double) actual[i])
                    .as("number %d of %d frames", i, frames)
                    .isCloseTo(expected.get(i), within(1e-4 * (1 + Math.abs(expected.get(i)))));
        }
    }

    private void fill(float[][] logMel) {
        double level = 0;
        for (float[] band : logMel) {
            level += mean(0, t -> band[t]) / BANDS;
        }
        x = new double[BANDS][frames];
        y = new double[BANDS][frames];
        for (int t = 0; t < frames; t++) {
            for (int b = 0; b < BANDS; b++) {
                x[b][t] = Math.max(-25, logMel[b][t] - level);
            }
            for (int b = 0; b < BANDS; b++) {
                double around = 0;
                for (int near = b - 2; near <= b + 2; near++) {
                    around += x[Math.max(0, Math.min(BANDS - 1, near))][t] / 5;
                }
                y[b][t] = x[b][t] - around;
            }
        }
    }

    private double sum(int from, IntToDoubleFunction ofFrame) {
        double sum = 0;
        for (int t = from; t < frames; t++) {
            sum += speech[t] ? ofFrame.applyAsDouble(t) : 0;
        }
        return sum;
    }

    private double mean(int from, IntToDoubleFunction ofFrame) {
        return sum(from, ofFrame) / Math.max(1, sum(from, t -> 1));
    }

    private double spread(IntToDoubleFunction ofFrame) {
        double mean = mean(0, ofFrame);
        return Math.sqrt(mean(0, t -> Math.pow(ofFrame.applyAsDouble(t) - mean, 2)));
    }

    private static double overBands(int from, int to, IntToDoubleFunction ofBand) {
        double sum = 0;
        for (int b = from; b < to; b++) {
            sum += ofBand.applyAsDouble(b);
        }
        return sum;
    }

    private List<Double> expected() {
        List<Double> all = new ArrayList<>();
        for (double[] band : x) {
            all.add(mean(0, t -> band[t]));
        }
        for (double[] band : x) {
            all.add(spread(t -> band[t]));
        }
        for (int d : new int[] {1, 2, 4, 8, 16}) {
            for (int group = 0; group < BANDS; group += 5) {
                all.add(overBands(group, group + 5, b -> mean(d, t -> Math.abs(x[b][t] - x[b][t - d])) / 5));
            }
        }
        addDetail(all);
        addLevels(all);
        addTogether(all);
        return all;
    }

    private void addDetail(List<Double> all) {
        for (int[] bands : new int[][] {{0, BANDS}, {0, 16}, {16, BANDS}}) {
            all.add(Math.log(1 + overBands(bands[0], bands[1], b -> mean(0, t -> y[b][t] * y[b][t]))));
        }
        for (int group = 0; group < BANDS; group += 5) {
            all.add(overBands(group, group + 5, b -> mean(0, t -> Math.abs(y[b][t])) / 5));
        }
        for (int d : new int[] {1, 2, 4, 8, 16, 32}) {
            all.add(lasting(0, 16, 0, d));
            all.add(lasting(16, BANDS, 0, d));
        }
        for (int d : new int[] {1, 2}) {
            all.add(lasting(1, BANDS - 1, -1, d));
            all.add(lasting(1, BANDS - 1, 1, d));
        }
    }

    private double lasting(int from, int to, int shift, int d) {
        double products = overBands(from, to, b -> sum(d, t -> y[b][t] * y[b + shift][t - d]));
        double now = overBands(from, to, b -> sum(d, t -> y[b][t] * y[b][t]));
        double before = overBands(from, to, b -> sum(d, t -> Math.pow(y[b + shift][t - d], 2)));
        return 2 * products / (now + before + 10);
    }

    private void addLevels(List<Double> all) {
        double[] l = new double[frames];
        for (int t = 0; t < frames; t++) {
            int frame = t;
            l[t] = overBands(0, BANDS, b -> x[b][frame]) / BANDS;
        }
        double mean = mean(0, t -> l[t]);
        double spread = spread(t -> l[t]);
        all.add(spread);
        all.add(mean(0, t -> Math.pow(l[t] - mean, 3)) / (Math.pow(spread, 3) + 1));
        IntToDoubleFunction step = t -> t == 0 ? 0 : l[t] - l[t - 1];
        all.add(mean(0, t -> Math.max(0, step.applyAsDouble(t))));
        all.add(mean(0, t -> Math.max(0, -step.applyAsDouble(t))));
        all.add(Math.sqrt(mean(0, t -> Math.pow(step.applyAsDouble(t), 2))));
        for (int d : new int[] {2, 4, 8, 16, 32}) {
            all.add(mean(d, t -> (l[t] - mean) * (l[t - d] - mean)) / (spread * spread + 1));
        }
    }

    private void addTogether(List<Double> all) {
        all.add(sum(0, t -> 1) / frames);
        all.add(sum(0, t -> t == 0 || !speech[t - 1] ? 1 : 0) / (frames / 50.0));
        all.add(correlation(0, 1));
        all.add(correlation(0, 2));
        all.add(correlation(1, 2));
        IntToDoubleFunction crest = t -> {
            double highest = -25;
            for (double[] band : x) {
                highest = Math.max(highest, band[t]);
            }
            return highest - overBands(0, BANDS, b -> x[b][t]) / BANDS;
        };
        all.add(mean(0, crest));
        all.add(spread(crest));
    }

    private double third(int third, int t) {
        return overBands(THIRDS[third], THIRDS[third + 1], b -> x[b][t]) / (THIRDS[third + 1] - THIRDS[third]);
    }

    private double correlation(int one, int other) {
        double ofOne = mean(0, t -> third(one, t));
        double ofOther = mean(0, t -> third(other, t));
        double both = sum(0, t -> (third(one, t) - ofOne) * (third(other, t) - ofOther));
        double squares = Math.sqrt(sum(0, t -> Math.pow(third(one, t) - ofOne, 2))
                * sum(0, t -> Math.pow(third(other, t) - ofOther, 2)));
        return both / (squares + sum(0, t -> 1));
    }
}
