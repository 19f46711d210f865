package io.undertone.inference.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.Quantisation;
import io.undertone.bundle.Voter;
import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.inference.EngineException;
import io.undertone.window.Window;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the output ranges of the convolutions of a bundle's networks on windows of speech. Owns native memory: the caller that opens it closes it. Not thread-safe.
 */
public final class ActivationRanges implements AutoCloseable {
    private static final int BATCH = 64;

    private static final int DIGITS = 3;

    /** For a channel that speech never activates, where any range will do. */
    private static final float LEAST = 1e-3f;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final BatchShape shape;
    private final BatchBuffers buffers;
    private final Map<String, List<float[]>> largest = new LinkedHashMap<>();
    private int windows;

    private ActivationRanges(OrtEnvironment environment, OrtSession session, BundleContent content) {
        this.environment = environment;
        this.session = session;
        this.shape = BatchShape.of(content);
        this.buffers = new BatchBuffers(shape);
        for (Voter.Network voter : content.networks()) {
            if (Quantisation.fits(voter.spec())) {
                List<float[]> ranges = new ArrayList<>();
                for (int channels : Quantisation.channels(voter.spec())) {
                    float[] least = new float[channels];
                    Arrays.fill(least, LEAST);
                    ranges.add(least);
                }
                largest.put(voter.name(), ranges);
            }
        }
    }

    /**
     * Opens the networks of a bundle.
     *
     * @param threads threads that compute one batch
     */
    public static ActivationRanges open(BundleContent content, int threads) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            OrtEnvironment environment = OnnxEnvironment.get();
            options.setIntraOpNumThreads(threads);
            return new ActivationRanges(
                    environment, environment.createSession(OnnxExport.observed(content), options), content);
        } catch (OrtException e) {
            throw new EngineException(
                    "ONNX Runtime must be able to open the bundle " + content.name() + ": " + e.getMessage(), e);
        }
    }

    /** Adds windows of the bundle's feature spec. */
    public void add(List<Window> some) {
        try {
            for (int start = 0; start < some.size(); start += BATCH) {
                observe(some.subList(start, Math.min(some.size(), start + BATCH)));
            }
        } catch (OrtException e) {
            throw new EngineException("ONNX Runtime must be able to run the networks: " + e.getMessage(), e);
        }
    }

    private void observe(List<Window> batch) throws OrtException {
        buffers.fill(batch, batch.size());
        try (OnnxTensor values = buffers.windows(environment);
                OnnxTensor rows = buffers.rows(environment);
                OnnxTensor speech = buffers.speech(environment);
                OrtSession.Result result = session.run(shape.inputs(values, rows, speech))) {
            for (Map.Entry<String, List<float[]>> voter : largest.entrySet()) {
                for (int i = 0; i < voter.getValue().size(); i++) {
                    OnnxTensor given = (OnnxTensor) result.get(OnnxExport.convolution(voter.getKey(), i))
                            .orElseThrow();
                    widen(voter.getValue().get(i), given.getFloatBuffer(), batch.size());
                }
            }
        }
        windows += batch.size();
    }

    /** The number of windows added. */
    public int windows() {
        return windows;
    }

    /** The ranges that contain all values, to three digits.
     *
     * @return by voter, the range of each channel of each convolution, above 0
     * @throws IllegalStateException if no window was added
     */
    public Map<String, List<List<Float>>> ranges() {
        if (windows == 0) {
            throw new IllegalStateException("at least one window must have been added");
        }
        Map<String, List<List<Float>>> ranges = new LinkedHashMap<>();
        largest.forEach((voter, convolutions) -> ranges.put(
                voter, convolutions.stream().map(ActivationRanges::rounded).toList()));
        return ranges;
    }

    private static List<Float> rounded(float[] values) {
        List<Float> list = new ArrayList<>();
        for (float value : values) {
            list.add(new BigDecimal(value)
                    .round(new MathContext(DIGITS, RoundingMode.UP))
                    .floatValue());
        }
        return list;
    }

    /** @param values {@code [n][channel][all else]} */
    private static void widen(float[] channels, FloatBuffer values, int n) {
        int each = values.remaining() / n / channels.length;
        for (int window = 0; window < n; window++) {
            for (int channel = 0; channel < channels.length; channel++) {
                float most = channels[channel];
                for (int i = 0; i < each; i++) {
                    most = Math.max(most, values.get());
                }
                channels[channel] = most;
            }
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new EngineException("ONNX Runtime must be able to close its session: " + e.getMessage(), e);
        }
    }
}
