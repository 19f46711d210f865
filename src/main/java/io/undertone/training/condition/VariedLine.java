package io.undertone.training.condition;

import io.undertone.audio.SampleFormat;
import java.util.SplittableRandom;

/**
 * A random line for augmentation: each copy of a clip gets another telephone, room, speed, level and noise. All corpora pass through the
 * same chain, so that a network cannot recognise them by their channel. Ranges were chosen on folds 1 and 2 of RAVDESS, see {@code
 * models/telephone/RATIONALE.md}. Stateless.
 */
public final class VariedLine {
    private static final double BAND_CHANCE = 0.75;
    private static final double LEAST_SPEED = 0.86;
    private static final double MOST_SPEED = 1.15;

    /** Speech of all corpora is first brought to this level; the gain is relative to it. */
    private static final double LEVEL_DB = -24;

    private static final double GAIN_DB = 14;
    private static final double TILT_DB = 6;
    private static final double ROOM_CHANCE = 0.3;
    private static final double DRIEST_ROOM_S = 0.15;
    private static final double WETTEST_ROOM_S = 0.6;
    private static final double FAINTEST_ECHO_DB = -20;
    private static final double LOUDEST_ECHO_DB = -4;

    /** More than half of the lines are noisy; half of the others have faint noise, the rest none. */
    private static final double NOISY_CHANCE = 0.55;

    private static final double FAINT_CHANCE = 0.225;
    private static final double NOISIEST_SNR_DB = 4;
    private static final double FAINT_SNR_DB = 20;
    private static final double FAINTEST_SNR_DB = 35;

    /** Values below 0 mean white noise: two thirds of the draws. */
    private static final double LEAST_COLOUR = -2;

    /** The probability that noise is added before the band-pass, with the voice; else it is added after it. */
    private static final double NOISE_IN_BAND_CHANCE = 0.5;

    private static final double MULAW_CHANCE = 0.8;
    private static final double LOSS_CHANCE = 0.25;
    private static final double MOST_LOSS = 0.08;

    private VariedLine() {}

    /** All ranges in one line, to identify runs that use others. */
    public static String identity() {
        return "band=" + BAND_CHANCE + " speed=" + LEAST_SPEED + ".." + MOST_SPEED + " gain=" + GAIN_DB + " noise="
                + NOISY_CHANCE + ":" + NOISIEST_SNR_DB + ".." + FAINT_SNR_DB + "," + FAINT_CHANCE + ":"
                + FAINTEST_SNR_DB + " colour=" + LEAST_COLOUR + " inBand=" + NOISE_IN_BAND_CHANCE + " level=" + LEVEL_DB
                + " tilt=" + TILT_DB
                + " room=" + ROOM_CHANCE + ":" + DRIEST_ROOM_S + ".." + WETTEST_ROOM_S + "," + FAINTEST_ECHO_DB + ".."
                + LOUDEST_ECHO_DB + " mulaw=" + MULAW_CHANCE
                + " loss=" + LOSS_CHANCE + ":" + MOST_LOSS;
    }

    /**
     * The recording after the line, at 8 kHz.
     *
     * @param samples mono, [-1, 1]
     * @param sampleRateHz their rate
     */
    public static LineAudio draw(float[] samples, int sampleRateHz, SplittableRandom random) {
        Line line = Line.of(samples, sampleRateHz).trim().speed(random.nextDouble(LEAST_SPEED, MOST_SPEED));
        if (random.nextDouble() < ROOM_CHANCE) {
            line = line.room(
                    random.nextDouble(DRIEST_ROOM_S, WETTEST_ROOM_S),
                    random.nextDouble(FAINTEST_ECHO_DB, LOUDEST_ECHO_DB),
                    random);
        }
        line = line.tilt(random.nextDouble(-TILT_DB, TILT_DB));
        boolean banded = random.nextDouble() < BAND_CHANCE;
        double lowHz = 200 + 10 * random.nextInt(21);
        double highHz = 3_100 + 100 * random.nextInt(7);
        if (banded) {
            line = line.band(lowHz, highHz);
        }
        line = line.toLevel(LEVEL_DB).gain(random.nextDouble(-GAIN_DB, GAIN_DB));
        double which = random.nextDouble();
        if (which < NOISY_CHANCE + FAINT_CHANCE) {
            line = line.noise(
                    snrDb(which < NOISY_CHANCE, random), Math.max(0, random.nextDouble(LEAST_COLOUR, 1)), random);
            if (banded && random.nextDouble() < NOISE_IN_BAND_CHANCE) {
                line = line.band(lowHz, highHz);
            }
        }
        boolean mulaw = random.nextDouble() < MULAW_CHANCE;
        LineAudio audio = line.code(mulaw ? SampleFormat.MULAW : SampleFormat.PCM_S16LE);
        return random.nextDouble() < LOSS_CHANCE ? audio.lose(random.nextDouble(MOST_LOSS), random) : audio;
    }

    private static double snrDb(boolean noisy, SplittableRandom random) {
        return noisy
                ? random.nextDouble(NOISIEST_SNR_DB, FAINT_SNR_DB)
                : random.nextDouble(FAINT_SNR_DB, FAINTEST_SNR_DB);
    }
}
