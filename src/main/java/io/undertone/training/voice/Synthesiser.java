package io.undertone.training.voice;

import java.util.SplittableRandom;

/**
 * Random synthesisers of the two kinds that most resemble a voice: sound chips that play chords as fast arpeggios and slide between notes,
 * and buzz-like waves through a filter whose resonance moves like a formant. One part of one instrument, 8 kHz, peak about 1. Not
 * thread-safe.
 */
final class Synthesiser {
    private static final int RATE_HZ = MadeUpSound.RATE_HZ;
    private static final double MOST_CUTOFF_HZ = 1_300;

    private enum Wave {
        SAW,
        PULSE,
        MODULATED
    }

    private final Wave wave;
    private final double width;
    private final double widthSwing;
    private final double widthRate;
    private final double modulation;
    private double phase;
    private double low;
    private double band;

    private Synthesiser(SplittableRandom random) {
        this.wave = Wave.values()[random.nextInt(Wave.values().length)];
        this.width = random.nextDouble(0.15, 0.5);
        this.widthSwing = random.nextBoolean() ? 0 : random.nextDouble(0.1);
        this.widthRate = random.nextDouble(0.2, 8);
        this.modulation = random.nextDouble(0.5, 6);
    }

    /** A chip's part: arpeggios, slides, trills. */
    static float[] chip(int samples, SplittableRandom random) {
        Synthesiser chip = new Synthesiser(random);
        double stepS = 1 / random.nextDouble(12, 60);
        double noteS = stepS * random.nextInt(3, 24);
        double slide = random.nextInt(3) == 0 ? random.nextDouble(-4, 4) : 0;
        double vibrato = random.nextInt(3) == 0 ? random.nextDouble(0.2, 1.5) : 0;
        int[] chord = {0, random.nextInt(3, 5), random.nextInt(6, 9), 12};
        boolean broken = random.nextInt(4) > 0;
        double base = 55 * Math.pow(2, random.nextDouble(0.5, 3));
        float[] sound = new float[samples];
        int note = 0;
        int root = 0;
        for (int i = 0; i < samples; i++) {
            double t = (double) i / RATE_HZ;
            if ((int) (t / noteS) != note) {
                note = (int) (t / noteS);
                root = random.nextInt(-7, 13);
            }
            double inNote = t - note * noteS;
            int of = broken ? chord[(int) (t / stepS) % chord.length] : 0;
            double semitones = root + of + vibrato * Math.sin(2 * Math.PI * 6 * t) + 12 * slide * inNote;
            sound[i] = (float) (0.6 * chip.next(Math.min(3_500, base * Math.pow(2, semitones / 12)), t));
        }
        return sound;
    }

    /** A part for a synthesiser with a moving filter: per note, or periodic. */
    static float[] filtered(int samples, SplittableRandom random) {
        Synthesiser synthesiser = new Synthesiser(random);
        double noteS = random.nextDouble(0.08, 0.6);
        double base = 40 * Math.pow(2, random.nextDouble(0, 2.5));
        double lowHz = random.nextDouble(120, 500);
        double octaves = random.nextDouble(0.7, 2.5);
        double damping = random.nextDouble(0.05, 0.5);
        boolean toAndFro = random.nextBoolean();
        double rate = toAndFro ? random.nextDouble(0.2, 8) : random.nextDouble(2, 15);
        double rests = random.nextInt(3) == 0 ? random.nextDouble(0.5) : 0;
        double portamento = random.nextBoolean() ? 1 : random.nextDouble(0.0005, 0.01);
        float[] sound = new float[samples];
        int note = -1;
        double wanted = base;
        double hz = base;
        boolean rest = false;
        for (int i = 0; i < samples; i++) {
            double t = (double) i / RATE_HZ;
            if ((int) (t / noteS) != note) {
                note = (int) (t / noteS);
                wanted = base * Math.pow(2, random.nextInt(-5, 13) / 12.0);
                rest = random.nextDouble() < rests;
            }
            hz += portamento * (wanted - hz);
            double inNote = t - note * noteS;
            double open = toAndFro ? (1 - Math.cos(2 * Math.PI * rate * t)) / 2 : Math.exp(-rate * inNote);
            double loud = rest ? 0 : Math.min(1, Math.min(inNote, noteS - inNote) / 0.005);
            double cutoffHz = Math.min(MOST_CUTOFF_HZ, lowHz * Math.pow(2, octaves * open));
            sound[i] = (float) (0.5 * synthesiser.through(cutoffHz, damping, loud * synthesiser.next(hz, t)));
        }
        return sound;
    }

    /** The next sample of the unfiltered wave. */
    private double next(double hz, double t) {
        phase += hz / RATE_HZ;
        phase -= Math.floor(phase);
        return switch (wave) {
            case SAW -> 2 * phase - 1;
            case PULSE -> phase < width + widthSwing * Math.sin(2 * Math.PI * widthRate * t) ? 1 : -1;
            case MODULATED -> Math.sin(2 * Math.PI * phase + modulation * Math.sin(4 * Math.PI * phase));
        };
    }

    /** Chamberlin's state variable filter, its low-pass output; stable up to a sixth of the sampling rate. */
    private double through(double cutoffHz, double damping, double sample) {
        double f = 2 * Math.sin(Math.PI * cutoffHz / RATE_HZ);
        low += f * band;
        band += f * (sample - low - damping * band);
        return low;
    }
}
