package io.undertone.training.voice;

import io.undertone.audio.G711;
import io.undertone.training.condition.BandPass;
import io.undertone.training.condition.Noise;
import io.undertone.training.condition.Resampling;
import io.undertone.training.condition.SpeechLevel;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes random scenes: voices as on real lines (in rooms, in noise, over music, clipped, with gain control, with lost packets), and sounds
 * without a voice over the same lines. All impairments occur with and without a voice, so that only the voice separates the classes.
 * Thread-safe.
 */
final class SceneMaker {
    private static final int RATE_HZ = MadeUpSound.RATE_HZ;
    private static final double LEAST_PEAK = 1e-6;

    private final List<float[]> voices;
    private final List<float[]> music;

    /**
     * @param voices recordings at 8 kHz of a voice only
     * @param music recordings at 8 kHz without one
     */
    SceneMaker(List<float[]> voices, List<float[]> music) {
        this.voices = List.copyOf(voices);
        this.music = List.copyOf(music);
    }

    /** A scene in which somebody speaks. */
    Scene voice(int samples, SplittableRandom random) {
        float[] speech = speech(samples, random);
        boolean[] spoken = spoken(speech);
        double level = SpeechLevel.rms(speech, RATE_HZ);
        if (random.nextDouble() < 0.45) {
            speech = Room.hear(speech, random);
        }
        double kind = random.nextDouble();
        if (kind < 0.5) {
            add(speech, noise(samples, random), level, snrDb(0, 30, random));
        } else if (kind < 0.6) {
            add(speech, babble(samples, random), level, random.nextDouble(5, 25));
        }
        double under = random.nextDouble();
        if (under < 0.2 && !music.isEmpty()) {
            add(speech, piece(samples, random), level, snrDb(5, 25, random));
        } else if (under < 0.27) {
            add(speech, madeUp(samples, random), level, snrDb(5, 25, random));
        }
        return new Scene(line(speech, random), spoken);
    }

    /** A scene with music and no voice. */
    Scene music(int samples, SplittableRandom random) {
        return unspoken(piece(samples, random), random);
    }

    /** A scene with a sound of a family and no voice. */
    Scene sound(MadeUpSound family, int samples, SplittableRandom random) {
        return unspoken(family.draw(samples, random), random);
    }

    private Scene unspoken(float[] sound, SplittableRandom random) {
        float[] heard = sound;
        double level = SpeechLevel.rms(sound, RATE_HZ);
        if (random.nextDouble() < 0.2) {
            heard = Room.hear(heard, random);
        }
        if (random.nextDouble() < 0.5) {
            add(heard, noise(sound.length, random), level, snrDb(0, 45, random));
        }
        return new Scene(line(heard, random), new boolean[sound.length / Scene.STRETCH]);
    }

    /** Joins one or several clips, with pauses. */
    private float[] speech(int samples, SplittableRandom random) {
        float[] speech = new float[samples];
        int at = -random.nextInt(RATE_HZ);
        while (at < samples) {
            float[] clip = voices.get(random.nextInt(voices.size()));
            double speed = random.nextInt(3) == 0 ? 1 : random.nextDouble(0.82, 1.2);
            clip = Resampling.convert(clip, RATE_HZ, RATE_HZ, speed);
            double level = SpeechLevel.rms(clip, RATE_HZ);
            float gain = (float) (0.05 * Math.pow(10, random.nextDouble(-3, 3) / 20) / Math.max(LEAST_PEAK, level));
            for (int i = Math.max(0, -at); i < clip.length && at + i < samples; i++) {
                speech[at + i] += gain * clip[i];
            }
            at += clip.length + (int) (random.nextDouble(-0.1, random.nextInt(3) == 0 ? 1.5 : 0.4) * RATE_HZ);
        }
        return speech;
    }

    private static boolean[] spoken(float[] speech) {
        double[] power = new double[speech.length / Scene.STRETCH];
        for (int p = 0; p < power.length; p++) {
            for (int i = p * Scene.STRETCH; i < (p + 1) * Scene.STRETCH; i++) {
                power[p] += (double) speech[i] * speech[i];
            }
        }
        double[] sorted = power.clone();
        Arrays.sort(sorted);
        double least = sorted[(int) (0.95 * (sorted.length - 1))] * 1e-3;
        boolean[] spoken = new boolean[power.length];
        for (int p = 0; p < power.length; p++) {
            spoken[p] = power[p] > least;
        }
        return spoken;
    }

    private float[] piece(int samples, SplittableRandom random) {
        float[] piece = music.get(random.nextInt(music.size()));
        double speed = random.nextInt(3) == 0 ? 1 : random.nextDouble(0.8, 1.25);
        int needed = (int) (samples * speed) + 2;
        if (piece.length <= needed) {
            return Arrays.copyOf(Resampling.convert(piece, RATE_HZ, RATE_HZ, speed), samples);
        }
        int from = random.nextInt(piece.length - needed);
        float[] part = Arrays.copyOfRange(piece, from, from + needed);
        return Arrays.copyOf(Resampling.convert(part, RATE_HZ, RATE_HZ, speed), samples);
    }

    private static float[] madeUp(int samples, SplittableRandom random) {
        MadeUpSound[] families = MadeUpSound.values();
        return families[random.nextInt(families.length)].draw(samples, random);
    }

    private static float[] noise(int samples, SplittableRandom random) {
        return random.nextInt(3) > 0
                ? Noise.draw(samples, Math.max(0, random.nextDouble(-1, 1)), random)
                : MadeUpSound.NOISE.draw(samples, random);
    }

    /** Background voices. */
    private float[] babble(int samples, SplittableRandom random) {
        float[] babble = new float[samples];
        int people = random.nextInt(2, 8);
        for (int i = 0; i < people; i++) {
            float[] one = speech(samples, random);
            for (int k = 0; k < samples; k++) {
                babble[k] += one[k];
            }
        }
        return babble;
    }

    private static double snrDb(double least, double most, SplittableRandom random) {
        return random.nextDouble(least, most);
    }

    /** Adds a sound this many dB below the level. */
    private static void add(float[] to, float[] sound, double level, double snrDb) {
        double own = SpeechLevel.rms(sound, RATE_HZ);
        float gain = (float) (level / Math.max(LEAST_PEAK, own) * Math.pow(10, -snrDb / 20));
        for (int i = 0; i < to.length; i++) {
            to[i] += gain * sound[i];
        }
    }

    /**
     * Applies the line: band, level, automatic gain, clipping, line noise, coding, lost packets, silence suppression, intermittent
     * transmission.
     */
    private static float[] line(float[] sound, SplittableRandom random) {
        float[] heard = sound;
        if (random.nextDouble() < 0.75) {
            double lowHz = random.nextInt(4) == 0 ? random.nextDouble(60, 200) : random.nextDouble(200, 400);
            heard = new BandPass(lowHz, random.nextDouble(2_800, 3_800)).apply(heard, RATE_HZ);
        }
        if (random.nextDouble() < 0.3) {
            tilt(heard, random.nextDouble(-0.7, 0.7));
        }
        if (random.nextDouble() < 0.25) {
            level(heard, random);
        }
        double rms = Math.max(LEAST_PEAK, SpeechLevel.rms(heard, RATE_HZ));
        float gain = (float) (Math.pow(10, random.nextDouble(-45, -12) / 20) / rms);
        float most = 1;
        if (random.nextDouble() < 0.1) {
            most = (float) (rms * gain * random.nextDouble(0.7, 3));
        }
        double lineNoise = random.nextInt(3) == 0 ? 0 : Math.pow(10, random.nextDouble(-85, -60) / 20);
        for (int i = 0; i < heard.length; i++) {
            heard[i] = Math.max(-most, Math.min(most, gain * heard[i])) + (float) (lineNoise * random.nextGaussian());
        }
        code(heard, random);
        if (random.nextDouble() < 0.2) {
            lose(heard, random.nextDouble(0.2), random);
        }
        if (random.nextDouble() < 0.08) {
            suppress(heard, random);
        }
        if (random.nextDouble() < 0.08) {
            chop(heard, random);
        }
        return heard;
    }

    /** Spectral tilt, by a first-order filter. */
    private static void tilt(float[] sound, double coefficient) {
        float before = 0;
        for (int i = 0; i < sound.length; i++) {
            float own = sound[i];
            sound[i] = own + (float) coefficient * before;
            before = own;
        }
    }

    /** Automatic gain control: normalises by the level of the last fraction of a second. */
    private static void level(float[] sound, SplittableRandom random) {
        double attack = 1 / (random.nextDouble(0.005, 0.1) * RATE_HZ);
        double release = 1 / (random.nextDouble(0.1, 1.5) * RATE_HZ);
        double strength = random.nextDouble(0.3, 1);
        double power = 1e-4;
        for (int i = 0; i < sound.length; i++) {
            double own = (double) sound[i] * sound[i];
            power += (own > power ? attack : release) * (own - power);
            sound[i] *= (float) Math.pow(2.5e-3 / (power + 1e-6), strength / 2);
        }
    }

    private static void code(float[] heard, SplittableRandom random) {
        int coding = random.nextInt(10);
        for (int i = 0; i < heard.length; i++) {
            int value = Math.max(-32_768, Math.min(32_767, Math.round(heard[i] * 32_768f)));
            if (coding < 7) {
                value = G711.fromMulaw(G711.toMulaw(value));
            } else if (coding < 8) {
                value = G711.fromAlaw(G711.toAlaw(value));
            }
            heard[i] = value / 32_768f;
        }
    }

    private static void lose(float[] heard, double share, SplittableRandom random) {
        for (int from = 0; from < heard.length; from += Scene.STRETCH) {
            if (random.nextDouble() < share) {
                Arrays.fill(heard, from, Math.min(heard.length, from + Scene.STRETCH), 0);
            }
        }
    }

    /** Intermittent transmission, independent of the content: some hundred ms on, a shorter time off. */
    private static void chop(float[] heard, SplittableRandom random) {
        int on = random.nextInt(RATE_HZ / 10, RATE_HZ / 2);
        int off = random.nextInt(RATE_HZ / 50, RATE_HZ / 4);
        for (int from = random.nextInt(on); from < heard.length; from += on + off) {
            Arrays.fill(heard, from, Math.min(heard.length, from + off), 0);
        }
    }

    /** Silence suppression: quiet parts become digital silence or comfort noise of a constant level. */
    private static void suppress(float[] heard, SplittableRandom random) {
        double rms = SpeechLevel.rms(heard, RATE_HZ);
        double least = rms * rms * Math.pow(10, random.nextDouble(-30, -15) / 10);
        double comfort = random.nextBoolean() ? 0 : Math.sqrt(least) * random.nextDouble(0.1, 0.7);
        int hangover = 0;
        for (int from = 0; from + Scene.STRETCH <= heard.length; from += Scene.STRETCH) {
            double power = 0;
            for (int i = from; i < from + Scene.STRETCH; i++) {
                power += (double) heard[i] * heard[i] / Scene.STRETCH;
            }
            hangover = power > least ? 10 : hangover - 1;
            for (int i = from; i < from + Scene.STRETCH && hangover < 0; i++) {
                heard[i] = (float) (comfort * random.nextGaussian());
            }
        }
    }
}
