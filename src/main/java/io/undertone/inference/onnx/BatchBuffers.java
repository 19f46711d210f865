package io.undertone.inference.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.undertone.inference.Probabilities;
import io.undertone.window.Window;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;

/** Memory of one batch, shared with ONNX Runtime without copies; grows with the largest batch seen. Not thread-safe. */
final class BatchBuffers {
    private final BatchShape shape;
    private final float[] scratch;
    private FloatBuffer windows = FloatBuffer.allocate(0);
    private LongBuffer rows = LongBuffer.allocate(0);
    private FloatBuffer speech = FloatBuffer.allocate(0);
    private FloatBuffer output = FloatBuffer.allocate(0);
    /** Windows of the batch. */
    private int n;
    /** Windows that are computed: the batch's, then what pads it. */
    private int size;

    private int capacity;

    BatchBuffers(BatchShape shape) {
        this.shape = shape;
        this.scratch = new float[shape.valuesIn()];
    }

    /**
     * Takes the windows of a batch.
     *
     * @param padded windows that are computed, at least as many; those beyond the batch hold what was there before, with a row of speech
     */
    void fill(List<Window> batch, int padded) {
        n = batch.size();
        size = padded;
        grow();
        windows.clear();
        rows.clear();
        speech.clear();
        for (int i = 0; i < n; i++) {
            Window window = batch.get(i);
            window.copyTo(scratch, 0);
            Arrays.fill(scratch, window.length(), scratch.length, 0);
            windows.put(scratch);
            rows.put(window.rows());
            if (shape.speech()) {
                fillSpeech(window, i);
            }
        }
        pad();
    }

    /** No window may be empty: means over no rows are no numbers, which some processors compute slowly. */
    private void pad() {
        for (int i = n; i < size; i++) {
            rows.put(i, 1);
            if (shape.speech()) {
                speech.put(i * shape.rows(), 1);
            }
        }
    }

    private void fillSpeech(Window window, int i) {
        boolean none = window.speechRows() == 0;
        for (int row = 0; row < shape.rows(); row++) {
            boolean speaks = row < window.rows() && (none || window.isSpeech(row));
            speech.put(i * shape.rows() + row, speaks ? 1 : 0);
        }
    }

    OnnxTensor windows(OrtEnvironment environment) throws OrtException {
        windows.position(0).limit(size * shape.valuesIn());
        long[] axes =
                shape.rows() == 0 ? new long[] {size, shape.values()} : new long[] {size, shape.rows(), shape.values()};
        return OnnxTensor.createTensor(environment, windows, axes);
    }

    OnnxTensor rows(OrtEnvironment environment) throws OrtException {
        rows.position(0).limit(size);
        return OnnxTensor.createTensor(environment, rows, new long[] {size});
    }

    OnnxTensor speech(OrtEnvironment environment) throws OrtException {
        speech.position(0).limit(size * shape.rows());
        return OnnxTensor.createTensor(environment, speech, new long[] {size, shape.rows()});
    }

    OnnxTensor output(OrtEnvironment environment) throws OrtException {
        output.position(0).limit(size * shape.valuesOut());
        return OnnxTensor.createTensor(environment, output, new long[] {size, shape.networks(), shape.labels()});
    }

    void copyTo(Probabilities probabilities, int first) {
        int at = 0;
        for (int window = 0; window < n; window++) {
            for (int network = 0; network < shape.networks(); network++) {
                for (int label = 0; label < shape.labels(); label++) {
                    probabilities.set(first + window, network, label, output.get(at++));
                }
            }
        }
    }

    private void grow() {
        if (size <= capacity) {
            return;
        }
        capacity = Integer.highestOneBit(Math.max(1, 2 * size - 1));
        windows = bytes(capacity * shape.valuesIn() * Float.BYTES).asFloatBuffer();
        rows = bytes(capacity * Long.BYTES).asLongBuffer();
        speech = bytes(capacity * Math.max(1, shape.rows()) * Float.BYTES).asFloatBuffer();
        output = bytes(capacity * shape.valuesOut() * Float.BYTES).asFloatBuffer();
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }
}
