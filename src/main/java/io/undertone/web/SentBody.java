package io.undertone.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/** The body of a request, limited in size and time. Not thread-safe. */
final class SentBody extends InputStream {
    private final InputStream body;
    private final long maxBytes;
    private final long untilMs;
    private final LongSupplier clockMs;
    private long bytes;

    /**
     * Limits a body.
     *
     * @param untilMs when it must have been read, by {@code clockMs}
     */
    SentBody(InputStream body, long maxBytes, long untilMs, LongSupplier clockMs) {
        this.body = body;
        this.maxBytes = maxBytes;
        this.untilMs = untilMs;
        this.clockMs = clockMs;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        requireTime();
        int read = readOrLate(target, offset, length);
        if (read > 0) {
            bytes += read;
            if (bytes > maxBytes) {
                throw new RefusedException(413, tooLarge(maxBytes));
            }
        }
        return read;
    }

    /** A sender who stalls is cut off by the server, which may be long after the time limit: then that is the reason. */
    private int readOrLate(byte[] target, int offset, int length) throws IOException {
        try {
            return body.read(target, offset, length);
        } catch (IOException e) {
            requireTime();
            throw e;
        }
    }

    /** Checks the time limit. */
    void requireTime() throws RefusedException {
        if (clockMs.getAsLong() > untilMs) {
            throw new RefusedException(
                    408, "the recording must be sent and judged within web.classify.timeout.ms; send it in parts");
        }
    }

    static String tooLarge(long maxBytes) {
        return "the recording must have at most web.classify.max.bytes=" + maxBytes
                + " bytes; send it in parts, or as FLAC";
    }

    /** Does nothing: data after the audio must still be read, since closing the connection earlier could lose the response. */
    @Override
    public void close() {
        // See above.
    }

    /** The body was refused. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        final int status;

        RefusedException(int status, String message) {
            super(message);
            this.status = status;
        }
    }
}
