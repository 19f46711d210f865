package io.undertone.features;

/**
 * What a {@link VoiceNetwork} reads of a window, and its answer: {@link VoiceFeatures} and, where the detector has a pitch,
 * {@link VoicePitchFeatures} after them. Holds scratch space; not thread-safe.
 */
public final class VoiceHearing {
    /** Numbers of a window, with those of its pitch. */
    public static final int COUNT = VoiceFeatures.COUNT + VoicePitchFeatures.COUNT;

    private final VoiceFeatures features = new VoiceFeatures();
    private final VoicePitchFeatures pitchFeatures = new VoicePitchFeatures();
    private final float[] all = new float[COUNT];
    private float[] one = new float[0];
    private float[] other = new float[0];

    /** How many numbers the network of a detector reads. */
    static int inputs(VoiceSpec spec) {
        return spec.pitch() == null ? VoiceFeatures.COUNT : COUNT;
    }

    /**
     * All features of a window.
     *
     * @param logMel {@code [40][frames]} energies, dB
     * @param octaves {@code [frames]} above 150 Hz
     * @param voicing {@code [frames]} autocorrelation there, [0, 1]
     * @param speech which frames are speech; at least one
     * @return {@code [COUNT]}, overwritten by the next window
     */
    public float[] features(float[][] logMel, float[] octaves, float[] voicing, int frames, boolean[] speech) {
        System.arraycopy(features.of(logMel, frames, speech), 0, all, 0, VoiceFeatures.COUNT);
        pitchFeatures.of(octaves, voicing, frames, speech, all, VoiceFeatures.COUNT);
        return all;
    }

    /** The log-odds of a voice; a network that reads no pitch is given none. */
    float logOdds(
            VoiceNetwork network, float[][] logMel, float[] octaves, float[] voicing, int frames, boolean[] speech) {
        if (one.length < network.widest()) {
            one = new float[network.widest()];
            other = new float[network.widest()];
        }
        float[] read = network.inputs() == VoiceFeatures.COUNT
                ? features.of(logMel, frames, speech)
                : features(logMel, octaves, voicing, frames, speech);
        return network.logOdds(read, one, other);
    }
}
