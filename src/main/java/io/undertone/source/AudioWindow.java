package io.undertone.source;

import io.undertone.audio.AudioStream;
import io.undertone.audio.PcmEncoder;
import io.undertone.audio.SampleFormat;
import java.io.IOException;
import java.util.Arrays;

/**
 * The part of an audio stream that chunks are being cut from: read as far as the furthest, forgotten behind the nearest. Not thread-safe; the
 * stream stays its owner's.
 */
public final class AudioWindow {
    private static final int BLOCK_SAMPLES = 1 << 15;
    private static final int MAX_BLOCK_FRAMES = 1 << 12;

    private final AudioStream stream;
    private final float[][] block;
    private final int blockFrames;
    private final float[][] samples;
    private long begin;
    private int count;
    private boolean ended;

    public AudioWindow(AudioStream stream) {
        this.stream = stream;
        this.blockFrames = Math.max(1, Math.min(MAX_BLOCK_FRAMES, BLOCK_SAMPLES / stream.channels()));
        this.block = new float[stream.channels()][blockFrames];
        this.samples = new float[stream.channels()][0];
    }

    /**
     * Reads on.
     *
     * @param end index of a sample
     * @return {@code end}, or the audio's end if that is earlier
     */
    public long readTo(long end) throws IOException {
        while (!ended && begin + count < end) {
            int read = stream.read(block, blockFrames);
            ended = read == 0;
            for (int channel = 0; channel < samples.length; channel++) {
                if (samples[channel].length < count + read) {
                    samples[channel] = Arrays.copyOf(samples[channel], Math.max(count + read, 2 * count));
                }
                System.arraycopy(block[channel], 0, samples[channel], count, read);
            }
            count += read;
        }
        return Math.min(end, begin + count);
    }

    /** Encodes samples {@code [from; to)} of a channel, which were read and not forgotten. */
    public byte[] encode(int channel, long from, long to, SampleFormat format) {
        return PcmEncoder.encode(format, samples[channel], (int) (from - begin), (int) (to - from));
    }

    /** Lets go of what lies before a sample. */
    public void forgetBefore(long position) {
        int gone = (int) Math.min(count, position - begin);
        if (gone > 0) {
            for (float[] channel : samples) {
                System.arraycopy(channel, gone, channel, 0, count - gone);
            }
            begin += gone;
            count -= gone;
        }
    }
}
