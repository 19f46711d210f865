package io.undertone.inference.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * On a GPU a session computes batches of one size: for each convolution and each size that differs from the one before, cuDNN is
 * asked for a plan anew, which takes tens of milliseconds, many times the batch itself. So there is a session for each of a few sizes, opened when it is first
 * needed, and batches are padded to the next.
 */
final class GpuSessions implements Sessions {
    /** Sizes of batches, ascending. A padded window costs a GPU far less than another session or another launch. */
    static final List<Integer> SIZES = List.of(8, 32, 128, 512);

    /** Opens a session. */
    interface Opening {
        OrtSession open() throws OrtException;
    }

    private final Opening opening;
    private final @Nullable OrtSession[] sessions = new OrtSession[SIZES.size()];

    /**
     * Opens the session for the smallest batches, so that a GPU that can't be used shows at once.
     *
     * @param opening called once for each size at most
     */
    GpuSessions(Opening opening) throws OrtException {
        this.opening = opening;
        of(1);
    }

    @Override
    public int largest() {
        return SIZES.get(SIZES.size() - 1);
    }

    @Override
    public synchronized Fitting of(int windows) throws OrtException {
        int at = 0;
        while (SIZES.get(at) < windows) {
            at++;
        }
        OrtSession session = sessions[at];
        if (session == null) {
            session = opening.open();
            sessions[at] = session;
        }
        return new Fitting(session, SIZES.get(at));
    }

    @Override
    public synchronized void close() throws OrtException {
        for (OrtSession session : sessions) {
            if (session != null) {
                session.close();
            }
        }
    }
}
