package io.undertone.features;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a feature spec, with which frames become log-mel energies and those MFCCs. One for each spec in a process;
 * thread-safe, since each thread has its own {@link LogMelProcessor}. Allocates nothing per frame.
 */
public final class FrontEnd {
    private static final ConcurrentMap<FeatureSpec, FrontEnd> SHARED = new ConcurrentHashMap<>();

    private final FeatureSpec spec;
    private final MelFilters filters;
    private final CosineTransform cosines;
    private final float[] window;
    private final long fingerprint;
    private final ThreadLocal<LogMelProcessor> processor;
    private final @Nullable VoiceNetwork voice;
    private final ThreadLocal<VoiceHearing> voiceHearing = ThreadLocal.withInitial(VoiceHearing::new);

    private FrontEnd(FeatureSpec spec) {
        this(spec, new MelFilters(spec));
    }

    private FrontEnd(FeatureSpec spec, MelFilters filters) {
        this.spec = spec;
        this.filters = filters;
        this.cosines = new CosineTransform(spec.melBands(), spec.coefficients());
        this.fingerprint = Long.parseUnsignedLong(spec.fingerprint(), 16);
        this.window = periodicHann(spec.frameSamples());
        this.processor = ThreadLocal.withInitial(() -> new LogMelProcessor(this));
        this.voice = spec.voice() == null ? null : network(spec.voice());
    }

    private static VoiceNetwork network(VoiceSpec spec) {
        VoiceNetwork network = VoiceNetwork.of(spec);
        int inputs = VoiceHearing.inputs(spec);
        if (network.inputs() != inputs) {
            throw new IllegalArgumentException("voice.network must read " + inputs + " numbers with pitch="
                    + spec.pitch() + ": inputs=" + network.inputs());
        }
        return network;
    }

    /** The front end of a spec. */
    public static FrontEnd of(FeatureSpec spec) {
        return SHARED.computeIfAbsent(spec, FrontEnd::new);
    }

    /**
     * A front end that simulates a longer or shorter vocal tract, to augment training voices. Created anew at each call.
     *
     * @param tract ratio of lengths; 1.1 lowers all formants by a tenth
     */
    public static FrontEnd withTract(FeatureSpec spec, double tract) {
        return new FrontEnd(spec, new MelFilters(spec, tract));
    }

    /** The spec that it computes. */
    public FeatureSpec spec() {
        return spec;
    }

    /** The spec's fingerprint, whose 16 hex digits are 64 bits. */
    public long fingerprint() {
        return fingerprint;
    }

    /** This thread's processor. */
    public LogMelProcessor processor() {
        return processor.get();
    }

    /**
     * MFCCs of a log-mel vector (or of a mean of some: the transform is linear).
     *
     * @param logMel {@code [melBands]} in dB from {@code from} on
     * @param target filled with {@code [coefficients]} from {@code to} on, c0 first
     */
    public void mfcc(float[] logMel, int from, float[] target, int to) {
        cosines.apply(logMel, from, processor().cosineScratch, target, to);
    }

    /**
     * MFCCs of many log-mel vectors, as the other method computes them one by one.
     *
     * @param logMel {@code [melBands][frames]} in dB
     * @param scratch {@code [}{@link #cosineScratchLength}{@code ][frames]}
     * @param target filled with {@code [coefficients][frames]}, c0 first
     */
    public void mfcc(float[][] logMel, int frames, float[][] scratch, float[][] target) {
        cosines.apply(logMel, frames, scratch, target);
    }

    /**
     * The log-odds of a voice in a window, judged independently.
     *
     * @param logMel {@code [melBands][frames]} energies, dB
     * @param octaves {@code [frames]} above 150 Hz; read where the spec's voice has a pitch
     * @param voicing {@code [frames]} autocorrelation there, likewise
     * @param speech which frames passed the gate; at least one
     * @throws IllegalStateException if the spec has no detector of voices
     */
    float voiceLogOdds(float[][] logMel, float[] octaves, float[] voicing, int frames, boolean[] speech) {
        if (voice == null) {
            throw new IllegalStateException("the spec must have a voice: voice=null");
        }
        return voiceHearing.get().logOdds(voice, logMel, octaves, voicing, frames, speech);
    }

    /** Numbers for each frame that {@link #mfcc} needs as scratch space. */
    public int cosineScratchLength() {
        return cosines.scratchLength();
    }

    MelFilters filters() {
        return filters;
    }

    /** {@code [frameSamples]}; not to be changed. */
    float[] window() {
        return window;
    }

    /** {@code scipy.signal.get_window('hann', n, fftbins=True)}: 0.5 - 0.5 cos(2 pi i / n), where TarsosDSP's is over n - 1. */
    static float[] periodicHann(int n) {
        float[] window = new float[n];
        for (int i = 0; i < n; i++) {
            window[i] = (float) (0.5 - 0.5 * StrictMath.cos(2 * StrictMath.PI * i / n));
        }
        return window;
    }
}
