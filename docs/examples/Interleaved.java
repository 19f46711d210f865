/** Takes channels apart: Genesys AudioHook sends a sample of each channel in turn. */
public final class Interleaved {
    private Interleaved() {}

    /**
     * @param frame samples of all channels in turn, such as e0 i0 e1 i1 ... for external and internal
     * @param bytesPerSample 1 for PCMU, 2 for L16
     * @return by channel, its samples
     */
    public static byte[][] split(byte[] frame, int channels, int bytesPerSample) {
        int samples = frame.length / (channels * bytesPerSample);
        byte[][] split = new byte[channels][samples * bytesPerSample];
        for (int sample = 0; sample < samples; sample++) {
            for (int channel = 0; channel < channels; channel++) {
                System.arraycopy(frame, (sample * channels + channel) * bytesPerSample,
                        split[channel], sample * bytesPerSample, bytesPerSample);
            }
        }
        return split;
    }
}
