package io.undertone.training.condition;

import io.undertone.audio.PcmEncoder;
import io.undertone.audio.SampleFormat;
import java.util.BitSet;
import java.util.SplittableRandom;

/** The stages of a simulated line, to be chained: each returns a new line. Immutable. */
final class Line {
    static final double TELEPHONE_LOW_HZ = 300;
    static final double TELEPHONE_HIGH_HZ = 3_400;
    static final int TELEPHONE_RATE_HZ = 8_000;

    private final float[] samples;
    private final int sampleRateHz;

    private Line(float[] samples, int sampleRateHz) {
        this.samples = samples;
        this.sampleRateHz = sampleRateHz;
    }

    /** A line that carries these samples, mono, [-1, 1]. */
    static Line of(float[] samples, int sampleRateHz) {
        return new Line(samples, sampleRateHz);
    }

    /** Keeps a band of frequencies. */
    Line band(double lowHz, double highHz) {
        return new Line(new BandPass(lowHz, highHz).apply(samples, sampleRateHz), sampleRateHz);
    }

    /** Brings the samples to 8 kHz. */
    Line toTelephoneRate() {
        return speed(1);
    }

    /** Brings the samples to 8 kHz, played {@code factor} times as fast: 1.1 is 10 % faster and 10 % higher in pitch. */
    Line speed(double factor) {
        return new Line(Resampling.convert(samples, sampleRateHz, TELEPHONE_RATE_HZ, factor), TELEPHONE_RATE_HZ);
    }

    /** Changes the gain by this many dB; values beyond full scale are clipped by the coding. */
    Line gain(double db) {
        float factor = (float) Math.pow(10, db / 20);
        float[] out = new float[samples.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = samples[i] * factor;
        }
        return new Line(out, sampleRateHz);
    }

    /** Brings the speech to a level, dB below full scale; audio without speech stays unchanged. */
    Line toLevel(double db) {
        double rms = SpeechLevel.rms(samples, sampleRateHz);
        return rms > 0 ? gain(db - 20 * Math.log10(rms)) : this;
    }

    /** Cuts off the silence at both ends. */
    Line trim() {
        return new Line(SpeechEdges.trim(samples, sampleRateHz), sampleRateHz);
    }

    /** Raises or lowers frequencies well above 1 kHz by this many dB. */
    Line tilt(double highDb) {
        return new Line(SpectralTilt.apply(samples, sampleRateHz, highDb), sampleRateHz);
    }

    /** Adds the echoes of a room, as in {@link Room#apply}. */
    Line room(double decayS, double reverberantDb, SplittableRandom random) {
        return new Line(Room.apply(samples, sampleRateHz, decayS, reverberantDb, random), sampleRateHz);
    }

    /** Adds noise this many dB below the speech; {@code colour} as in {@link Noise#draw}. */
    Line noise(double snrDb, double colour, SplittableRandom random) {
        float level = (float) (SpeechLevel.rms(samples, sampleRateHz) * Math.pow(10, -snrDb / 20));
        float[] noise = Noise.draw(samples.length, colour, random);
        float[] out = new float[samples.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = samples[i] + level * noise[i];
        }
        return new Line(out, sampleRateHz);
    }

    /** The audio at the far end, in this coding. */
    LineAudio code(SampleFormat format) {
        return new LineAudio(PcmEncoder.encode(format, samples, 0, samples.length), format, sampleRateHz, new BitSet());
    }
}
