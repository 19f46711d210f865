package io.undertone.training.condition;

import io.undertone.audio.SampleFormat;
import java.util.SplittableRandom;

/**
 * A line drawn at random, for training: a clip heard ten times, each time by another telephone, at another speed and level, with
 * other noise. Ranges were chosen on folds 1 and 2 of RAVDESS, see {@code models/telephone/RATIONALE.md}. Stateless.
 */
public final class VariedLine {
    private static final double BAND_CHANCE = 0.8;
    private static final double LEAST_SPEED = 0.86;
    private static final double MOST_SPEED = 1.15;
    private static final double GAIN_DB = 14;
    private static final double NOISE_CHANCE = 0.7;
    private static final double LEAST_SNR_DB = 5;
    private static final double MOST_SNR_DB = 30;

    /** Below 0 is white: a third of the noises. */
    private static final double LEAST_COLOUR = -0.5;

    private static final double MULAW_CHANCE = 0.85;
    private static final double LOSS_CHANCE = 0.25;
    private static final double MOST_LOSS = 0.08;

    private VariedLine() {}

    /**
     * What arrives of a recording at 8 kHz.
     *
     * @param samples mono, [-1, 1]
     * @param sampleRateHz their rate
     */
    public static LineAudio draw(float[] samples, int sampleRateHz, SplittableRandom random) {
        Line line = Line.of(samples, sampleRateHz);
        if (random.nextDouble() < BAND_CHANCE) {
            line = line.band(200 + 10 * random.nextInt(21), 3_100 + 100 * random.nextInt(7));
        }
        line = line.speed(random.nextDouble(LEAST_SPEED, MOST_SPEED)).gain(random.nextDouble(-GAIN_DB, GAIN_DB));
        if (random.nextDouble() < NOISE_CHANCE) {
            line = line.noise(
                    random.nextDouble(LEAST_SNR_DB, MOST_SNR_DB),
                    Math.max(0, random.nextDouble(LEAST_COLOUR, 1)),
                    random);
        }
        boolean mulaw = random.nextDouble() < MULAW_CHANCE;
        LineAudio audio = line.code(mulaw ? SampleFormat.MULAW : SampleFormat.PCM_S16LE);
        return random.nextDouble() < LOSS_CHANCE ? audio.lose(random.nextDouble(MOST_LOSS), random) : audio;
    }
}
