package io.undertone.caller;

import io.undertone.audio.SampleFormat;
import java.util.List;

/** A platform's end of one call. Not thread-safe. */
public interface Caller extends AutoCloseable {
    /** How it sends samples. */
    SampleFormat format();

    /** How long its frames are. */
    int frameMs();

    /**
     * Sends one frame of each side.
     *
     * @param atMs when its first sample was spoken, since the call's beginning
     * @param customer samples in {@link #format}
     * @param others those of the other side; none or one
     */
    void frame(long atMs, byte[] customer, List<byte[]> others);

    /** Hangs up in order, and returns once that is done. */
    @Override
    void close();

    /** Is gone without a word. */
    void abort();
}
