package io.undertone.training.voice;

import io.undertone.training.condition.Noise;
import java.util.SplittableRandom;

/** Families of synthetic non-speech sounds on a line, each drawn at random; 8 kHz, peak about 1. */
enum MadeUpSound {
    /** Ring-back, busy, congestion and dial tones of networks (E.180). */
    NETWORK_TONE {
        @Override
        float[] draw(int samples, SplittableRandom random) {
            Cadence cadence = Cadence.NATIONAL.get(random.nextInt(Cadence.NATIONAL.size()));
            return from(cadence.sound(2 * samples, RATE_HZ), samples, random);
        }
    },
    /** Tones with cadences that no network uses, so that those of the table are not memorised. */
    OTHER_TONE {
        @Override
        float[] draw(int samples, SplittableRandom random) {
            double[] frequencies = new double[1 + random.nextInt(3)];
            for (int i = 0; i < frequencies.length; i++) {
                frequencies[i] = random.nextDouble(280, random.nextInt(3) == 0 ? 3_000 : 1_000);
            }
            double[] onOff = new double[2 * (1 + random.nextInt(3))];
            for (int i = 0; i < onOff.length; i++) {
                onOff[i] = random.nextDouble(0.06, random.nextBoolean() ? 0.5 : 2);
            }
            double modulation = random.nextInt(4) == 0 ? random.nextDouble(4, 40) : 0;
            return from(
                    new Cadence(Cadence.Kind.BUSY, frequencies, modulation, onOff).sound(2 * samples, RATE_HZ),
                    samples,
                    random);
        }
    },
    /** DTMF tones (Q.23): one of four low tones with one of four high ones. */
    DTMF {
        @Override
        float[] draw(int samples, SplittableRandom random) {
            double[] low = {697, 770, 852, 941};
            double[] high = {1_209, 1_336, 1_477, 1_633};
            boolean machine = random.nextBoolean();
            double on = random.nextDouble(0.05, 0.25);
            double off = random.nextDouble(0.04, 0.25);
            Notes notes = new Notes(samples);
            for (double t = random.nextDouble(0.3); t < notes.endS(); ) {
                double length = machine ? on : random.nextDouble(0.06, 0.5);
                double twist = random.nextDouble(0.6, 1);
                notes.add(t, length, low[random.nextInt(4)], 0.5 * twist, 0);
                notes.add(t, length, high[random.nextInt(4)], 0.5, 0);
                t += length + (machine ? off : random.nextDouble(0.05, 0.9));
            }
            return notes.sound();
        }
    },
    /** Special information tones (E.180): three tones, one after the other, before an announcement. */
    SPECIAL_INFORMATION {
        @Override
        float[] draw(int samples, SplittableRandom random) {
            double[] frequencies = {950, 1_400, 1_800};
            if (random.nextInt(3) == 0) {
                frequencies = new double[] {985.2, 1_428.5, 1_776.7};
            }
            double pause = random.nextDouble(0.3, 2);
            Notes notes = new Notes(samples);
            for (double t = random.nextDouble(0.5); t < notes.endS(); t += pause) {
                for (double frequency : frequencies) {
                    double length = random.nextBoolean() ? 0.33 : random.nextDouble(0.25, 0.4);
                    notes.add(t, length, frequency, 0.9, 0);
                    t += length;
                }
            }
            return notes.sound();
        }
    },
    /** A fax machine: calling tone, answering tone with phase reversals, a preamble of 300 bits per second (T.30, V.8, V.21). */
    FAX {
        @Override
        float[] draw(int samples, SplittableRandom random) {
            switch (random.nextInt(3)) {
                case 0 -> {
                    return from(
                            new Cadence(Cadence.Kind.BUSY, new double[] {1_100}, 0, new double[] {0.5, 3})
                                    .sound(2 * samples, RATE_HZ),
                            samples,
                            random);
                }
                case 1 -> {
                    boolean modulated = random.nextBoolean();
                    float[] sound = new float[samples];
                    for (int i = 0; i < samples; i++) {
                        double t = (double) i / RATE_HZ;
                        double turned = (int) (t / 0.45) % 2 == 0 ? 1 : -1;
                        double swell = modulated ? 0.85 + 0.15 * Math.sin(2 * Math.PI * 15 * t) : 1;
                        sound[i] = (float) (turned * swell * Math.sin(2 * Math.PI * 2_100 * t));
                    }
                    return sound;
                }
                default -> {
                    return shiftKeyed(samples, 1_650, 1_850, 300, random.nextDouble(0.3, 1), random);
                }
            }
        }
    },
    /** Modem data: frequency-shift keying, or a carrier modulated in phase and amplitude. */
    MODEM {
        @Override
        float[] draw(int samples, SplittableRandom random) {
            if (random.nextBoolean()) {
                double low = random.nextDouble(900, 2_000);
                return shiftKeyed(
                        samples,
                        low,
                        low + random.nextDouble(100, 900),
                        random.nextInt(45, 1_300),
                        random.nextDouble(0.3, 1.5),
                        random);
            }
            double carrier = random.nextDouble(1_500, 1_950);
            double baud = random.nextInt(4) == 0 ? 600 : 2_400;
            double burst = random.nextDouble(0.5, 6);
            float[] sound = new float[samples];
            double re = 1;
            double im = 0;
            double smoothRe = 0;
            double smoothIm = 0;
            for (int i = 0; i < samples; i++) {
                double t = (double) i / RATE_HZ;
                if ((long) (t * baud) != (long) ((t - 1.0 / RATE_HZ) * baud)) {
                    re = random.nextInt(4) / 1.5 - 1;
                    im = random.nextInt(4) / 1.5 - 1;
                }
                smoothRe += 0.4 * (re - smoothRe);
                smoothIm += 0.4 * (im - smoothIm);
                double phase = 2 * Math.PI * carrier * t;
                boolean pause = t % (burst + 0.3) > burst;
                sound[i] = pause ? 0 : (float) (0.7 * (smoothRe * Math.cos(phase) - smoothIm * Math.sin(phase)));
            }
            return sound;
        }
    },
    /** Spaced beeps, pips and chirps. */
    BEEP {
        @Override
        float[] draw(int samples, SplittableRandom random) {
            double frequency = random.nextDouble(300, 3_000);
            double pause = random.nextDouble(0.1, 2.5);
            double length = random.nextDouble(0.04, 0.9);
            double glide = random.nextInt(3) == 0 ? random.nextDouble(-2, 2) : 0;
            double decay = random.nextInt(3) == 0 ? random.nextDouble(1, 20) : 0;
            boolean same = random.nextBoolean();
            Notes notes = new Notes(samples);
            for (double t = random.nextDouble(0.5); t < notes.endS(); t += length + pause) {
                double of = same ? frequency : random.nextDouble(300, 3_000);
                notes.add(t, length, of, 0.9, decay, glide);
            }
            return notes.sound();
        }
    },
    /** Sirens and sweeps: a frequency that glides continuously, or alternates between two alarm tones. */
    SWEEP {
        @Override
        float[] draw(int samples, SplittableRandom random) {
            double low = random.nextDouble(300, 1_500);
            double high = low * random.nextDouble(1.15, 3);
            double rate = random.nextDouble(0.15, 6);
            int shape = random.nextInt(3);
            int harmonics = 1 + random.nextInt(4);
            float[] sound = new float[samples];
            double phase = 0;
            for (int i = 0; i < samples; i++) {
                double turn = (double) i / RATE_HZ * rate % 1;
                double place =
                        shape == 0 ? turn : shape == 1 ? (1 - Math.cos(2 * Math.PI * turn)) / 2 : turn < 0.5 ? 0 : 1;
                phase += 2 * Math.PI * (low + (high - low) * place) / RATE_HZ;
                double value = 0;
                for (int h = 1; h <= harmonics; h++) {
                    value += Math.sin(h * phase) / h;
                }
                sound[i] = (float) (0.6 * value);
            }
            return sound;
        }
    },
    /** Mains hum with harmonics and slight amplitude modulation. */
    HUM {
        @Override
        float[] draw(int samples, SplittableRandom random) {
            double mains = random.nextBoolean() ? 50 : 60;
            double swell = random.nextDouble(0, 0.9);
            double rate = random.nextDouble(0.1, 4);
            int harmonics = random.nextInt(6, 40);
            double fall = random.nextDouble(0.3, 1.2);
            float[] sound = new float[samples];
            for (int i = 0; i < samples; i++) {
                double t = (double) i / RATE_HZ;
                double value = 0;
                for (int h = 1; h <= harmonics; h++) {
                    value += Math.sin(2 * Math.PI * mains * h * t + h * h) / Math.pow(h, fall);
                }
                sound[i] = (float) (0.3 * value * (1 + swell * Math.sin(2 * Math.PI * rate * t)));
            }
            return sound;
        }
    },
    /** Melodies and chords of simple synthesisers, as on telephones and keyboards. */
    MELODY {
        @Override
        float[] draw(int samples, SplittableRandom random) {
            return Melody.draw(samples, random);
        }
    },
    /** The part of one synthesiser or two. */
    SYNTHESISER {
        @Override
        float[] draw(int samples, SplittableRandom random) {
            float[] sound = part(samples, random);
            if (random.nextBoolean()) {
                float[] other = part(samples, random);
                double loud = random.nextDouble(0.2, 0.8);
                for (int i = 0; i < samples; i++) {
                    sound[i] += (float) (loud * other[i]);
                }
            }
            return sound;
        }

        private float[] part(int samples, SplittableRandom random) {
            return random.nextBoolean() ? Synthesiser.chip(samples, random) : Synthesiser.filtered(samples, random);
        }
    },
    /** Noise: steady, modulated, in bursts, knocks and crackle. */
    NOISE {
        @Override
        float[] draw(int samples, SplittableRandom random) {
            float[] noise = Noise.draw(samples, Math.max(0, random.nextDouble(-1, 1)), random);
            switch (random.nextInt(5)) {
                case 0 -> swell(noise, random.nextDouble(0.05, 3), random.nextDouble(0.3, 1));
                case 1 -> bursts(noise, random.nextDouble(0.02, 0.6), random.nextDouble(0.1, 1.5), random);
                case 2 -> bursts(noise, random.nextDouble(0.004, 0.03), random.nextDouble(0.05, 1), random);
                case 3 -> wander(noise, random);
                default -> {
                    // Steady noise stays unchanged.
                }
            }
            for (int i = 0; i < samples; i++) {
                noise[i] *= 0.3f;
            }
            return noise;
        }
    };

    /** Sampling rate of synthetic sounds, Hz. */
    static final int RATE_HZ = 8_000;

    /** One of the family. */
    abstract float[] draw(int samples, SplittableRandom random);

    private static float[] from(float[] longer, int samples, SplittableRandom random) {
        int from = random.nextInt(longer.length - samples + 1);
        float[] part = new float[samples];
        System.arraycopy(longer, from, part, 0, samples);
        return part;
    }

    private static float[] shiftKeyed(
            int samples, double spaceHz, double markHz, int bitsPerS, double burstS, SplittableRandom random) {
        float[] sound = new float[samples];
        double phase = 0;
        boolean mark = true;
        for (int i = 0; i < samples; i++) {
            double t = (double) i / RATE_HZ;
            if ((long) (t * bitsPerS) != (long) ((t - 1.0 / RATE_HZ) * bitsPerS)) {
                mark = random.nextBoolean();
            }
            phase += 2 * Math.PI * (mark ? markHz : spaceHz) / RATE_HZ;
            sound[i] = t % (burstS + 0.2) > burstS ? 0 : (float) (0.8 * Math.sin(phase));
        }
        return sound;
    }

    private static void swell(float[] noise, double rateHz, double depth) {
        for (int i = 0; i < noise.length; i++) {
            noise[i] *= (float) (1 - depth * (1 + Math.sin(2 * Math.PI * rateHz * i / RATE_HZ)) / 2);
        }
    }

    /** Shapes the noise into bursts with a sudden onset and a decay, over a faint floor. */
    private static void bursts(float[] noise, double lengthS, double pauseS, SplittableRandom random) {
        double rest = random.nextDouble(0.001, 0.1);
        int at = 0;
        while (at < noise.length) {
            int on = (int) (lengthS * random.nextDouble(0.5, 1.5) * RATE_HZ) + 1;
            int off = (int) (pauseS * random.nextDouble(0.5, 1.5) * RATE_HZ) + 1;
            double loud = random.nextDouble(0.4, 1.5);
            for (int i = 0; i < on + off && at < noise.length; i++, at++) {
                noise[at] *= (float) Math.max(rest, loud * Math.exp(-3.0 * i / on));
            }
        }
    }

    /** Varies the level slowly by some dB, like wind and traffic. */
    private static void wander(float[] noise, SplittableRandom random) {
        double quick = random.nextDouble(1e-4, 3e-3);
        double db = 0;
        double span = random.nextDouble(6, 30);
        double target = 0;
        for (int i = 0; i < noise.length; i++) {
            if (i % 800 == 0) {
                target = random.nextDouble(-span, 0);
            }
            db += quick * (target - db);
            noise[i] *= (float) Math.pow(10, db / 20);
        }
    }
}
