package io.undertone.features;

import io.undertone.bundle.SpeechStatistics;
import io.undertone.measure.Turns;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * CPU time of the parts of a telephone window, 150 frames of 40 bands of noise: the noise floor, the cosine transform frame by frame and of all
 * frames at once, the features of the detector of voices without and with those of pitch, the statistics for the trees of a served window, whose values are on a grid, and of
 * any other, which have to be sorted.
 */
public final class WindowTurns {
    private static final int FRAMES = 150;
    private static final int WINDOWS = 64;

    private final FrontEnd frontEnd = FrontEnd.of(FeatureSpecs.telephone());
    private final int bands = frontEnd.spec().melBands();
    private final int coefficients = frontEnd.spec().coefficients();
    private final float[][][] byBand = new float[WINDOWS][bands][FRAMES];
    private final float[][] byFrame = new float[WINDOWS][FRAMES * bands];
    private final boolean[] speech = new boolean[FRAMES];
    private int window;

    private WindowTurns() {
        Random random = new Random(1);
        for (int w = 0; w < WINDOWS; w++) {
            for (int i = 0; i < FRAMES * bands; i++) {
                float value = (float) (-60 + 20 * random.nextGaussian());
                byBand[w][i % bands][i / bands] = value;
                byFrame[w][i] = value;
            }
        }
        for (int i = 0; i < FRAMES; i++) {
            speech[i] = i / 9 % 4 > 0;
        }
    }

    public static void main(String[] args) {
        new WindowTurns().run();
    }

    private void run() {
        Map<String, Runnable> operations = new LinkedHashMap<>();
        operations.put("noise floor", noiseFloor());
        operations.put("cosines, frame by frame", cosinesByFrame());
        operations.put("cosines, all frames at once", cosinesByBand());
        VoiceFeatures features = new VoiceFeatures();
        operations.put("features of the detector of voices", () -> features.of(byBand[next()], FRAMES, speech));
        operations.put("the same and those of pitch", detector());
        operations.put("statistics, values on a grid", statistics(0.5f));
        operations.put("statistics, any values", statistics(0));
        Turns.micros(operations)
                .forEach((name, micros) -> System.out.printf(Locale.ROOT, "%-36s %6.1f us%n", name, micros));
    }

    private int next() {
        window = (window + 1) % WINDOWS;
        return window;
    }

    private Runnable detector() {
        float[] octaves = new float[FRAMES];
        float[] voicing = new float[FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            octaves[i] = (float) Math.sin(i / 20.0) / 3;
            voicing[i] = i / 13 % 3 > 0 ? 0.8f : 0.3f;
        }
        VoiceHearing hearing = new VoiceHearing();
        return () -> hearing.features(byBand[next()], octaves, voicing, FRAMES, speech);
    }

    private Runnable noiseFloor() {
        NoiseFloor noiseFloor = new NoiseFloor(frontEnd.spec());
        float[][] lifted = new float[bands][FRAMES];
        return () -> {
            float[][] source = byBand[next()];
            for (int band = 0; band < bands; band++) {
                System.arraycopy(source[band], 0, lifted[band], 0, FRAMES);
            }
            noiseFloor.lift(lifted, FRAMES);
        };
    }

    private Runnable cosinesByFrame() {
        float[] mfcc = new float[FRAMES * coefficients];
        return () -> {
            float[] source = byFrame[next()];
            for (int frame = 0; frame < FRAMES; frame++) {
                frontEnd.mfcc(source, frame * bands, mfcc, frame * coefficients);
            }
        };
    }

    private Runnable cosinesByBand() {
        float[][] scratch = new float[frontEnd.cosineScratchLength()][FRAMES];
        float[][] mfcc = new float[coefficients][FRAMES];
        return () -> frontEnd.mfcc(byBand[next()], FRAMES, scratch, mfcc);
    }

    private Runnable statistics(float step) {
        float[][] rows = new float[WINDOWS][FRAMES * coefficients];
        for (int w = 0; w < WINDOWS; w++) {
            for (int i = 0; i < rows[w].length; i++) {
                float value = byFrame[w][i];
                rows[w][i] = step == 0 ? value : Math.round(value / step) * step;
            }
        }
        float[] target = new float[SpeechStatistics.size(coefficients)];
        return () -> SpeechStatistics.of(rows[next()], FRAMES, coefficients, FRAMES, target, 0);
    }
}
