package io.undertone.training.corpus;

/** One channel of audio. Immutable by agreement: readers must not change the samples. */
public final class MonoRecording {
    private final float[] samples;
    private final int sampleRateHz;

    /**
     * @param samples in [-1, 1]; not copied
     * @param sampleRateHz samples per second
     */
    public MonoRecording(float[] samples, int sampleRateHz) {
        this.samples = samples;
        this.sampleRateHz = sampleRateHz;
    }

    /** The samples themselves, not a copy. */
    public float[] samples() {
        return samples;
    }

    public int sampleRateHz() {
        return sampleRateHz;
    }
}
