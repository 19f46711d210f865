package io.undertone.features;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Everything that determines a window's coefficients: two windows are comparable if and only if their specs have the same
 * {@link #fingerprint()}. Immutable.
 *
 * <p>Definitions are librosa's: periodic Hann window, power spectrum, Slaney mel scale and area norm, 10 log10, orthonormal
 * DCT-II. Differences: no centring (a frame ends at its last sample, so that a window uses no later audio) and a
 * fixed floor in place of {@code top_db}, which would need the whole clip.
 *
 * @param sampleRateHz rate to which audio is resampled, 8,000 to 48,000
 * @param frameSamples length of a frame, in samples at that rate
 * @param hopSamples from the start of one frame to that of the next, in samples
 * @param fftSamples length of the FFT, a power of two, at least {@code frameSamples}; a shorter frame is centred in zeros
 * @param melBands number of mel filters
 * @param fMinHz lower edge of the first filter
 * @param fMaxHz upper edge of the last filter, at most half the rate
 * @param floorDb mel energies below it are raised to it; librosa's {@code amin} of 1e-10 is -100
 * @param coefficients MFCCs kept, c0 first
 * @param windowMs length of a window
 * @param windowHopMs from the start of one window to that of the next
 * @param pooling what a window keeps of its frames
 * @param noiseFloorShare share of a window's frames under its noise floor in each band, [0, 1); 0 for no floor
 * @param noiseFloorMarginDb distance of the floor above that level, dB
 * @param levelNormalisation how loudness is normalised
 * @param gate which frames count as speech
 * @param voice detector of voices; null: everything that passes the gate counts as a voice
 * @param pitch what each row holds of its pitch, after its coefficients; null: nothing
 * @param contrast what each window holds of the difference to the leg's earlier speech; null: nothing
 */
public record FeatureSpec(
        int sampleRateHz,
        int frameSamples,
        int hopSamples,
        int fftSamples,
        int melBands,
        double fMinHz,
        double fMaxHz,
        double floorDb,
        int coefficients,
        int windowMs,
        int windowHopMs,
        Pooling pooling,
        double noiseFloorShare,
        double noiseFloorMarginDb,
        LevelNormalisation levelNormalisation,
        SpeechGateSpec gate,
        @Nullable VoiceSpec voice,
        @Nullable PitchSpec pitch,
        @Nullable ContrastSpec contrast) {

    /** What a window keeps of its frames. */
    public enum Pooling {
        /** One row: the mean over all frames of the window. */
        MEAN,
        /** One row: the mean over its speech frames. */
        SPEECH_MEAN,
        /** A row for each frame that the gate keeps, in order; each row is marked as speech or margin. */
        FRAMES
    }

    /** How loudness is normalised. */
    public enum LevelNormalisation {
        /** Not at all: c0 is the level. */
        NONE,
        /** Each row is shifted so that the window's speech has one mean level. */
        WINDOW_LEVEL
    }

    /** A spec without a detector of voices, so that everything that passes the gate counts as a voice, without pitch and contrast. */
    public FeatureSpec(
            int sampleRateHz,
            int frameSamples,
            int hopSamples,
            int fftSamples,
            int melBands,
            double fMinHz,
            double fMaxHz,
            double floorDb,
            int coefficients,
            int windowMs,
            int windowHopMs,
            Pooling pooling,
            double noiseFloorShare,
            double noiseFloorMarginDb,
            LevelNormalisation levelNormalisation,
            SpeechGateSpec gate) {
        this(
                sampleRateHz,
                frameSamples,
                hopSamples,
                fftSamples,
                melBands,
                fMinHz,
                fMaxHz,
                floorDb,
                coefficients,
                windowMs,
                windowHopMs,
                pooling,
                noiseFloorShare,
                noiseFloorMarginDb,
                levelNormalisation,
                gate,
                null,
                null,
                null);
    }

    public FeatureSpec {
        require(sampleRateHz >= 8_000 && sampleRateHz <= 48_000, "sampleRateHz must be 8000 to 48000", sampleRateHz);
        require(frameSamples >= 2, "frameSamples must be >= 2", frameSamples);
        require(hopSamples >= 1 && hopSamples <= frameSamples, "hopSamples must be 1 to frameSamples", hopSamples);
        require(
                Integer.bitCount(fftSamples) == 1 && fftSamples >= frameSamples,
                "fftSamples must be a power of two >= frameSamples",
                fftSamples);
        require(melBands >= coefficients, "melBands must be >= coefficients", melBands);
        require(fMinHz >= 0 && fMinHz < fMaxHz, "fMinHz must be >= 0 and < fMaxHz", fMinHz);
        require(fMaxHz <= sampleRateHz / 2.0, "fMaxHz must be <= sampleRateHz / 2", fMaxHz);
        require(Double.isFinite(floorDb) && floorDb < 0, "floorDb must be < 0", floorDb);
        require(coefficients >= 1, "coefficients must be >= 1", coefficients);
        require(noiseFloorShare >= 0 && noiseFloorShare < 1, "noiseFloorShare must be >= 0 and < 1", noiseFloorShare);
        require(
                noiseFloorShare == 0 || pooling != Pooling.MEAN,
                "noiseFloorShare must be 0 where pooling is MEAN, which keeps no frames",
                noiseFloorShare);
        require(windowHopMs >= 100, "windowHopMs must be >= 100", windowHopMs);
        require(
                windowMs >= windowHopMs && windowMs % windowHopMs == 0,
                "windowMs must be a multiple of windowHopMs",
                windowMs);
        require(
                voice == null || pooling != Pooling.MEAN,
                "voice must be null where pooling is MEAN, which keeps no frames",
                voice);
        require(
                voice == null || melBands == VoiceFeatures.BANDS,
                "voice must be null where melBands is not " + VoiceFeatures.BANDS,
                voice);
        require(
                pitch == null || pooling == Pooling.FRAMES,
                "pitch must be null where pooling is not FRAMES: a mean has no pitch",
                pitch);
        require(
                contrast == null || pooling == Pooling.FRAMES,
                "contrast must be null where pooling is not FRAMES: a mean keeps no frames",
                contrast);
        require(
                contrast == null || pitch == null || pitch.equals(contrast.pitch()),
                "contrast must find the pitch as the rows do: contrast.pitch and pitch must be equal",
                contrast);
        PitchSpec tracked = tracked(voice, pitch, contrast);
        require(
                voice == null || voice.pitch() == null || voice.pitch().equals(tracked),
                "voice must find the pitch as rows and contrast do: voice.pitch must be equal to theirs",
                voice);
        require(
                tracked == null || tracked.leastHz() * frameSamples >= 2.0 * sampleRateHz,
                "pitch must have two periods of leastHz in a frame",
                tracked);
        require(
                contrast == null || melBands % contrast.bandGroups() == 0,
                "contrast must have groups of as many bands each: bandGroups must divide melBands",
                contrast);
    }

    /** The same spec with another detector of voices, or none. */
    public FeatureSpec withVoice(@Nullable VoiceSpec other) {
        return with(gate, other);
    }

    /** The same spec with this pitch in each row, or none. */
    public FeatureSpec withPitch(@Nullable PitchSpec other) {
        return with(gate, voice, other, contrast);
    }

    /** The same spec with this contrast in each window, or none. */
    public FeatureSpec withContrast(@Nullable ContrastSpec other) {
        return with(gate, voice, pitch, other);
    }

    /** The same spec with another gate and another detector of voices. */
    FeatureSpec with(SpeechGateSpec otherGate, @Nullable VoiceSpec otherVoice) {
        return with(otherGate, otherVoice, pitch, contrast);
    }

    private FeatureSpec with(
            SpeechGateSpec otherGate,
            @Nullable VoiceSpec otherVoice,
            @Nullable PitchSpec otherPitch,
            @Nullable ContrastSpec otherContrast) {
        return new FeatureSpec(
                sampleRateHz,
                frameSamples,
                hopSamples,
                fftSamples,
                melBands,
                fMinHz,
                fMaxHz,
                floorDb,
                coefficients,
                windowMs,
                windowHopMs,
                pooling,
                noiseFloorShare,
                noiseFloorMarginDb,
                levelNormalisation,
                otherGate,
                otherVoice,
                otherPitch,
                otherContrast);
    }

    /** Numbers in a row of a window: its coefficients and, after them, its pitch. */
    public int rowValues() {
        return coefficients + (pitch == null ? 0 : PitchSpec.VALUES);
    }

    /** Numbers of a window's contrast. */
    public int contrastValues() {
        return contrast == null ? 0 : contrast.values();
    }

    /** How the pitch of each frame is found, for its row, the window's contrast or the detector of voices; null where none needs it. */
    public @Nullable PitchSpec trackedPitch() {
        return tracked(voice, pitch, contrast);
    }

    private static @Nullable PitchSpec tracked(
            @Nullable VoiceSpec voice, @Nullable PitchSpec pitch, @Nullable ContrastSpec contrast) {
        if (contrast != null) {
            return contrast.pitch();
        }
        return pitch != null || voice == null ? pitch : voice.pitch();
    }

    /** Window hops in a window: a 3 s window every 1 s is the sum of 3 blocks. */
    public int blocksPerWindow() {
        return windowMs / windowHopMs;
    }

    /** Most frames that end within one window. */
    public int maxFramesPerWindow() {
        long windowSamples = (long) windowMs * sampleRateHz / 1000;
        return (int) ((windowSamples + hopSamples - 1) / hopSamples);
    }

    /**
     * The first 16 hex digits of the SHA-256 of all fields, in order: equal if and only if the specs are equal. Fields added in later releases
     * are left out if unset, so that earlier fingerprints remain valid.
     */
    public String fingerprint() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(identity().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private String identity() {
        return toString()
                .replace(", leavesOutLost=false", "")
                .replace(", voice=null", "")
                .replace(", pitch=null", "")
                .replace(", contrast=null", "");
    }

    private static void require(boolean holds, String rule, @Nullable Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ": " + rule.substring(0, rule.indexOf(' ')) + "=" + value);
        }
    }
}
