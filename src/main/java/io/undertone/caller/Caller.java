package io.undertone.caller;

import io.undertone.audio.SampleFormat;
import java.util.List;

/** A platform's end of one call. Not thread-safe. */
public interface Caller extends AutoCloseable {
    /** The encoding of its samples. */
    SampleFormat format();

    /** The length of its frames. */
    int frameMs();

    /**
     * Sends one frame of each side.
     *
     * @param atMs when its first sample was spoken, since the call's beginning
     * @param customer samples in {@link #format}
     * @param others samples of the other side; none or one
     */
    void frame(long atMs, byte[] customer, List<byte[]> others);

    /** Hangs up, and returns once the gateway has confirmed it. */
    @Override
    void close();

    /** Drops the connection without a closing message. */
    void abort();
}
