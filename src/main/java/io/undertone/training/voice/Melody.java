package io.undertone.training.voice;

import io.undertone.training.condition.Noise;
import java.util.SplittableRandom;

/** Random music: rhythmic notes of a scale, chords under them, optionally drums. Stateless. */
final class Melody {
    private static final int[][] SCALES = {
        {0, 2, 4, 5, 7, 9, 11}, {0, 2, 3, 5, 7, 8, 10}, {0, 3, 5, 7, 10}, {0, 2, 4, 7, 9}
    };
    private static final double MOST_HZ = 3_800;

    private Melody() {}

    static float[] draw(int samples, SplittableRandom random) {
        Notes notes = new Notes(samples);
        int[] scale = SCALES[random.nextInt(SCALES.length)];
        double base = 55 * Math.pow(2, random.nextDouble(0.5, 2.5));
        double beatS = 60.0 / random.nextDouble(50, 180);
        double[] timbre = timbre(random);
        double decay = random.nextInt(3) == 0 ? 0 : random.nextDouble(0.5, 8);
        double legato = random.nextDouble(0.4, 1.3);
        if (random.nextInt(4) > 0) {
            int step = random.nextInt(10);
            for (double t = random.nextDouble(beatS); t < notes.endS(); ) {
                double length = beatS * Math.pow(2, random.nextInt(4) - 2);
                step = Math.max(0, Math.min(17, step + random.nextInt(-3, 4)));
                if (random.nextInt(6) > 0) {
                    note(notes, t, length * legato, pitch(base * 2, scale, step), timbre, 0.35, decay);
                }
                t += length;
            }
        }
        if (random.nextInt(3) > 0) {
            double[] soft = timbre(random);
            double bar = beatS * (1 << random.nextInt(3));
            double chordDecay = random.nextBoolean() ? 0 : random.nextDouble(0.3, 4);
            boolean broken = random.nextInt(3) == 0;
            for (double t = 0; t < notes.endS(); t += bar) {
                int root = random.nextInt(scale.length);
                for (int i = 0; i < 3; i++) {
                    double from = broken ? t + i * bar / 3 : t;
                    note(notes, from, bar - (from - t), pitch(base, scale, root + 2 * i), soft, 0.2, chordDecay);
                }
            }
        }
        float[] sound = notes.sound();
        if (random.nextInt(3) == 0) {
            drums(sound, beatS / 2, random);
        }
        return sound;
    }

    private static double[] timbre(SplittableRandom random) {
        double[] timbre = new double[1 + random.nextInt(10)];
        double fall = random.nextDouble(0.4, 2);
        boolean odd = random.nextInt(3) == 0;
        for (int h = 0; h < timbre.length; h++) {
            timbre[h] = odd && h % 2 == 1 ? 0 : random.nextDouble(0.4, 1) / Math.pow(h + 1, fall);
        }
        return timbre;
    }

    private static double pitch(double base, int[] scale, int step) {
        return base * Math.pow(2, step / scale.length + scale[step % scale.length] / 12.0);
    }

    private static void note(
            Notes notes, double fromS, double lengthS, double hz, double[] timbre, double loud, double decay) {
        for (int h = 0; h < timbre.length && hz * (h + 1) < MOST_HZ; h++) {
            if (timbre[h] > 0) {
                notes.add(fromS, lengthS, hz * (h + 1), loud * timbre[h], decay * (1 + 0.3 * h));
            }
        }
    }

    private static void drums(float[] sound, double everyS, SplittableRandom random) {
        int every = (int) (everyS * MadeUpSound.RATE_HZ);
        float[] noise = Noise.draw(every, random.nextDouble(), random);
        for (int from = 0; from < sound.length; from += every) {
            double loud = random.nextInt(3) == 0 ? 0.4 : 0.1;
            double fade = random.nextDouble(20, 80);
            for (int i = 0; i < every && from + i < sound.length; i++) {
                sound[from + i] += (float) (loud * noise[i] * Math.exp(-fade * i / MadeUpSound.RATE_HZ));
            }
        }
    }
}
