package io.undertone.training.condition;

import io.undertone.audio.SampleFormat;
import io.undertone.training.network.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The degradation applied to a recording before it is measured. All but {@link #CLEAN} are a telephone line (Butterworth band-pass 300 to
 * 3,400 Hz, 24 dB per octave at both edges; 8 kHz; G.711 mu-law), each with one further impairment. Randomness derives from the seed, the
 * condition and the clip, not from the order.
 */
public enum Condition {
    /** The recording as it is, at its own rate, 16-bit. */
    CLEAN("the recording as it is"),
    /** A telephone line: 300 to 3,400 Hz, 8 kHz, mu-law. */
    TELEPHONE("300-3,400 Hz, 8 kHz, mu-law"),
    /** A telephone line, each clip louder or softer by up to 12 dB, drawn evenly in dB, before it is coded. */
    GAIN("telephone, each clip between -12 and +12 dB at random"),
    /** A telephone line with white noise up to 4 kHz, 10 dB below the speech, before it is coded. */
    NOISE("telephone, white noise 10 dB below the speech"),
    /** A telephone line that loses each packet of 20 ms with a probability of 5 %. */
    LOSS("telephone, 5 % of 20 ms packets lost");

    private static final double GAIN_DB = 12;
    private static final double SNR_DB = 10;
    private static final double LOSS_SHARE = 0.05;

    private final String description;

    Condition(String description) {
        this.description = description;
    }

    /** Its name on the command line and in reports. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A short description. */
    public String description() {
        return description;
    }

    /**
     * Conditions by their names, separated by commas.
     *
     * @throws IllegalArgumentException if one is unknown; the message names it
     */
    public static List<Condition> parse(String names) {
        return Arrays.stream(names.split(",", -1))
                .map(n -> ofId(n.strip()))
                .distinct()
                .toList();
    }

    private static Condition ofId(String id) {
        return Arrays.stream(values())
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a condition must be one of "
                        + Arrays.stream(values()).map(Condition::id).toList() + ": condition=" + id));
    }

    /**
     * Sends a recording down the line.
     *
     * @param samples mono, [-1, 1]
     * @param sampleRateHz their rate
     * @param seed of the run
     * @param clipKey identifies the clip
     */
    public LineAudio apply(float[] samples, int sampleRateHz, long seed, String clipKey) {
        if (this == CLEAN) {
            return LineAudio.linear(samples, sampleRateHz);
        }
        SplittableRandom random = new SplittableRandom(Seeds.derive(seed, id() + "/" + clipKey));
        Line line = Line.of(samples, sampleRateHz)
                .band(Line.TELEPHONE_LOW_HZ, Line.TELEPHONE_HIGH_HZ)
                .toTelephoneRate();
        return switch (this) {
            case GAIN -> line.gain(random.nextDouble(-GAIN_DB, GAIN_DB)).code(SampleFormat.MULAW);
            case NOISE -> line.noise(SNR_DB, 0, random).code(SampleFormat.MULAW);
            case LOSS -> line.code(SampleFormat.MULAW).lose(LOSS_SHARE, random);
            default -> line.code(SampleFormat.MULAW);
        };
    }
}
