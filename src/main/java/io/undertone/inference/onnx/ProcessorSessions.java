package io.undertone.inference.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import org.jspecify.annotations.Nullable;

/**
 * On the processor a session computes batches of any size.
 *
 * @param many for any number of windows
 * @param few for a few windows; null where {@code many} computes them as fast
 */
record ProcessorSessions(OrtSession many, @Nullable OrtSession few) implements Sessions {
    /** More windows at once add memory but no speed. */
    private static final int LARGEST = 256;

    /** Up to this many windows, reading weights costs more than computing: measured, see the graphs' RATIONALE.md. */
    private static final int FEW_WINDOWS = 8;

    @Override
    public int largest() {
        return LARGEST;
    }

    @Override
    public Fitting of(int windows) {
        return new Fitting(few != null && windows <= FEW_WINDOWS ? few : many, windows);
    }

    @Override
    public void close() throws OrtException {
        many.close();
        if (few != null) {
            few.close();
        }
    }
}
