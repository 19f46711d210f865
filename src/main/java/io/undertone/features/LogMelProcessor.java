package io.undertone.features;

import be.tarsos.dsp.AudioEvent;
import be.tarsos.dsp.AudioProcessor;
import be.tarsos.dsp.util.fft.FFT;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Computes the log-mel energies and the level of one frame with TarsosDSP's real FFT; also a TarsosDSP {@link AudioProcessor}, for a
 * dispatcher whose buffers are frames. Results are valid until the next frame. Not thread-safe: each thread has its own, see
 * {@link FrontEnd#processor()}.
 */
public final class LogMelProcessor implements AudioProcessor {
    /** The level of digital silence, dBFS. */
    public static final float SILENCE_DB = -120;

    private static final float SILENCE = 1e-12f;

    /** A frame is lost if a smaller share of the window's power falls on received samples. */
    private static final double LEAST_HEARD = 0.5;

    private final FFT fft;
    private final MelFilters filters;
    private final float[] window;
    private final int fftSamples;
    private final int frameSamples;
    private final int padding;
    private final float floorDb;
    private final float floorPower;
    private final float levelScale;
    private final float[] spectrum;
    private final float[] power;
    private final float[] logMel;
    private final @Nullable LostSamples lostSamples;
    private final @Nullable PitchTracker pitch;

    /** For {@link FrontEnd#mfcc}. */
    final float[] cosineScratch;

    private float levelDb = SILENCE_DB;
    private float melLevelDb = SILENCE_DB;

    LogMelProcessor(FrontEnd frontEnd) {
        FeatureSpec spec = frontEnd.spec();
        fftSamples = spec.fftSamples();
        fft = new FFT(fftSamples);
        filters = frontEnd.filters();
        frameSamples = spec.frameSamples();
        padding = (fftSamples - frameSamples) / 2;
        window = new float[fftSamples];
        System.arraycopy(frontEnd.window(), 0, window, padding, frameSamples);
        floorDb = (float) spec.floorDb();
        floorPower = Math.max(Float.MIN_NORMAL, (float) StrictMath.pow(10, spec.floorDb() / 10));
        double windowPower = 0;
        for (float w : window) {
            windowPower += (double) w * w;
        }
        levelScale = (float) (2 / (windowPower * fftSamples));
        spectrum = new float[fftSamples];
        power = new float[fftSamples / 2 + 1];
        logMel = new float[spec.melBands()];
        lostSamples = spec.gate().leavesOutLost() ? new LostSamples(frontEnd.window(), spec.sampleRateHz()) : null;
        PitchSpec tracked = spec.trackedPitch();
        pitch = tracked == null ? null : new PitchTracker(spec, tracked, window);
        cosineScratch = new float[frontEnd.cosineScratchLength()];
    }

    /**
     * Analyses one frame.
     *
     * @param samples mono, [-1, 1], {@code frameSamples} of them from {@code from} on
     */
    public void frame(float[] samples, int from) {
        Arrays.fill(spectrum, 0, padding, 0);
        System.arraycopy(samples, from, spectrum, padding, frameSamples);
        Arrays.fill(spectrum, padding + frameSamples, fftSamples, 0);
        // Both arrays at the same index: otherwise Java's compiler makes no vector instructions of it.
        for (int i = 0; i < spectrum.length; i++) {
            spectrum[i] *= window[i];
        }
        fft.forwardTransform(spectrum);
        levelDb = decibel(levelScale * fillPower());
        filters.apply(power, logMel, 0);
        float sum = 0;
        for (int i = 0; i < logMel.length; i++) {
            sum += logMel[i];
            logMel[i] = logMel[i] > floorPower ? Decibel.of(logMel[i]) : floorDb;
        }
        melLevelDb = decibel(sum);
        if (pitch != null) {
            pitch.frame(power);
        }
        if (lostSamples != null) {
            markLost(lostSamples, samples, from);
        }
    }

    /** Corrects the levels of a frame with missing samples; a frame with too many is lost. */
    private void markLost(LostSamples lost, float[] samples, int from) {
        double heard = lost.heardShare(samples, from);
        if (heard < LEAST_HEARD) {
            melLevelDb = SILENCE_DB;
            levelDb = SILENCE_DB;
        } else if (heard < 1) {
            float missing = Decibel.of((float) heard);
            melLevelDb -= missing;
            levelDb -= missing;
        }
    }

    /** Fills the power of all bins that a filter covers; returns their sum, with the first and last bin of the FFT halved. */
    private float fillPower() {
        int half = fftSamples / 2;
        int from = Math.max(1, filters.lowestBin());
        int to = Math.min(half, filters.lowestBin() + filters.bins());
        for (int bin = from; bin < to; bin++) {
            float re = spectrum[2 * bin];
            float im = spectrum[2 * bin + 1];
            power[bin] = re * re + im * im;
        }
        // The FFT packs the two purely real bins into its first two places.
        power[0] = spectrum[0] * spectrum[0];
        power[half] = spectrum[1] * spectrum[1];
        float even = filters.lowestBin() == 0 ? power[0] / 2 : 0;
        float odd = to == half && filters.lowestBin() + filters.bins() > half ? power[half] / 2 : 0;
        int bin = from;
        for (; bin + 1 < to; bin += 2) {
            even += power[bin];
            odd += power[bin + 1];
        }
        return even + odd + (bin < to ? power[bin] : 0);
    }

    private static float decibel(float power) {
        return power > SILENCE ? Decibel.of(power) : SILENCE_DB;
    }

    /** The last frame's mean square within the mel bands, dB: a full-scale sine is -3.01, digital silence -120. */
    public float levelDb() {
        return levelDb;
    }

    /** The sum of the last frame's mel energies, dB: the level that the speech gate uses. */
    public float melLevelDb() {
        return melLevelDb;
    }

    /** The last frame's {@code [melBands]} energies, dB; overwritten by the next frame, not to be changed. */
    public float[] logMel() {
        return logMel;
    }

    /** The last frame's pitch, octaves above 150 Hz; 0 if none is found or the spec needs no pitch. */
    public float octaves() {
        return pitch == null ? 0 : pitch.octaves();
    }

    /** The last frame's autocorrelation at its period, [0, 1]; 0 if none is found or the spec needs no pitch. */
    public float voicing() {
        return pitch == null ? 0 : pitch.voicing();
    }

    /** Analyses the event's first {@code frameSamples} samples. */
    @Override
    public boolean process(AudioEvent event) {
        frame(event.getFloatBuffer(), 0);
        return true;
    }

    @Override
    public void processingFinished() {}
}
