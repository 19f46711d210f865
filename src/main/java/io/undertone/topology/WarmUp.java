package io.undertone.topology;

import io.undertone.features.FeatureSpec;
import io.undertone.inference.Probabilities;
import io.undertone.window.LegAnalyzer;
import io.undertone.window.Window;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Random;

/**
 * The first work of a process, on nobody's audio: engines compile, allocate and load what they need on first use, Java's compiler
 * begins with the front end, and no caller should wait for that. A model that fails here fails at start rather than on somebody's
 * call.
 */
final class WarmUp {
    /** Enough for all loops of the front end to be worth compiling. */
    private static final int SECONDS_OF_AUDIO = 20;

    private static final int RATE_HZ = 8_000;
    private static final int CHUNKS_PER_SECOND = 5;
    /** Loud and soft by turns, so that some of it counts as speech. */
    private static final float[] LOUDNESS = {0.2f, 0.1f, 0.001f};

    private WarmUp() {}

    /** Some seconds of noise through the front end, its state written and read after each, as at the store. */
    static void run(FeatureSpec spec) {
        LegAnalyzer analyzer = new LegAnalyzer(spec, RATE_HZ, 0);
        Random random = new Random(1);
        float[] chunk = new float[RATE_HZ / CHUNKS_PER_SECOND];
        for (int sent = 0; sent < SECONDS_OF_AUDIO * CHUNKS_PER_SECOND; sent++) {
            for (int i = 0; i < chunk.length; i++) {
                chunk[i] = LOUDNESS[sent % LOUDNESS.length] * (random.nextFloat() - 0.5f);
            }
            analyzer.accept(chunk, 0, chunk.length, sent * 1_000L / CHUNKS_PER_SECOND, window -> {});
            if (sent % CHUNKS_PER_SECOND == 0) {
                ByteBuffer state = ByteBuffer.allocate(analyzer.stateBytes());
                analyzer.writeTo(state);
                analyzer = new LegAnalyzer(spec, RATE_HZ, 0);
                analyzer.readFrom(state.flip());
            }
        }
    }

    /** The first windows through a model, of silence: one alone, and a full batch. */
    static void run(EmotionModel model, int maxBatchSize) {
        FeatureSpec spec = model.spec();
        int rows = spec.pooling() == FeatureSpec.Pooling.FRAMES ? spec.maxFramesPerWindow() : 1;
        Window window = new Window(0, 0, spec.windowMs(), 0, 1, 0, rows, new float[rows * spec.coefficients()]);
        Probabilities probabilities = new Probabilities(
                model.ensemble().voters().size(), model.ensemble().labels().size());
        for (int size : new int[] {1, maxBatchSize}) {
            probabilities.reset(size);
            model.ensemble().predict(Collections.nCopies(size, window), probabilities);
            model.verdict(probabilities, size - 1);
        }
    }
}
