package io.undertone.audio;

/** The audio of a file: channels of equal length. Immutable. */
public final class Recording {
    private final int sampleRateHz;
    private final float[][] channels;

    /**
     * @param sampleRateHz samples a second
     * @param channels {@code [channels][samples]}, in [-1, 1]; not copied, so not to be changed afterwards
     */
    public Recording(int sampleRateHz, float[][] channels) {
        if (sampleRateHz < 1) {
            throw new IllegalArgumentException("sampleRateHz must be >= 1: sampleRateHz=" + sampleRateHz);
        }
        if (channels.length < 1) {
            throw new IllegalArgumentException("channels must be >= 1: channels=" + channels.length);
        }
        for (float[] channel : channels) {
            if (channel.length != channels[0].length) {
                throw new IllegalArgumentException(
                        "channels must be equally long: samples=" + channels[0].length + " and " + channel.length);
            }
        }
        this.sampleRateHz = sampleRateHz;
        this.channels = channels.clone();
    }

    /** Samples a second. */
    public int sampleRateHz() {
        return sampleRateHz;
    }

    /** Number of channels. */
    public int channels() {
        return channels.length;
    }

    /** Samples of each channel. */
    public int samples() {
        return channels[0].length;
    }

    /** Its length in ms, rounded down. */
    public long durationMs() {
        return samples() * 1000L / sampleRateHz;
    }

    /** A copy of one channel's samples, [-1, 1]; channel 0 is the left one. */
    public float[] channel(int channel) {
        return channels[channel].clone();
    }

    /** Encodes samples {@code [from; from + count)} of one channel. */
    public byte[] encode(int channel, int from, int count, SampleFormat format) {
        return PcmEncoder.encode(format, channels[channel], from, count);
    }

    /** Its audio as a stream, from the beginning. */
    public AudioStream stream() {
        return new RecordingStream(this);
    }

    /** Copies samples {@code [from; from + count)} of all channels. */
    void copy(int from, int count, float[][] target) {
        for (int channel = 0; channel < channels.length; channel++) {
            System.arraycopy(channels[channel], from, target[channel], 0, count);
        }
    }
}
