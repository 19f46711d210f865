package io.undertone.window;

import io.undertone.features.CallerContrast;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpec.LevelNormalisation;
import io.undertone.features.FeatureSpec.Pooling;
import io.undertone.features.FrontEnd;
import io.undertone.features.LogMelProcessor;
import io.undertone.features.NoiseFloor;
import io.undertone.features.PitchContour;
import io.undertone.features.PitchSpec;
import io.undertone.features.SpeechGate;
import io.undertone.features.VoiceDetector;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes windows from blocks: decides which frames are speech and whether that is a voice, pools, normalises the level. {@link #judge}
 * selects a window, to which all other methods refer. Not thread-safe.
 */
final class WindowMaker {
    /** Level of a window's speech after {@link LevelNormalisation#WINDOW_LEVEL}, dBFS. */
    static final float TARGET_LEVEL_DB = -30;

    private final FrontEnd frontEnd;
    private final FeatureSpec spec;
    private final BlockRing blocks;
    private final SpeechGate gate;
    private final NoiseFloor noiseFloor;
    private final @Nullable VoiceDetector voice;
    private final float[] sum;

    // Of the window last judged:
    private long from;
    private long to;
    private int frames;
    private int speechFrames;
    private float[] melLevels = new float[0];
    /** {@code [melBands][frames]}, dB. */
    private final float[][] logMel;

    private final float[][] mfcc;
    private final float[][] cosineScratch;
    private final @Nullable PitchContour pitchContour;
    /** Of each frame, in one row. */
    private final float[][] octaves = new float[1][0];
    /** Of each frame, in one row. */
    private final float[][] voicing = new float[1][0];
    /** {@code [PitchSpec.VALUES][frames]}; no row if the spec has no pitch. */
    private final float[][] pitch;

    private final @Nullable CallerContrast contrast;
    /** Of the window; empty if the spec has no contrast. */
    private final float[] contrasts;
    /** Whether {@link #logMel} holds the window's energies. */
    private boolean filled;
    /** Whether {@link #octaves} and {@link #voicing} hold the window's pitch. */
    private boolean tracked;

    private boolean[] speech = new boolean[0];
    private boolean[] kept = new boolean[0];
    private int[] keptFrames = new int[0];

    WindowMaker(FrontEnd frontEnd, BlockRing blocks) {
        this.frontEnd = frontEnd;
        this.spec = frontEnd.spec();
        this.blocks = blocks;
        this.gate = new SpeechGate(spec.gate());
        this.noiseFloor = new NoiseFloor(spec);
        this.voice = spec.voice() == null ? null : new VoiceDetector(frontEnd, spec.voice());
        this.sum = new float[spec.melBands()];
        this.logMel = new float[spec.melBands()][0];
        this.mfcc = new float[spec.coefficients()][0];
        this.pitchContour = spec.pitch() == null ? null : new PitchContour(spec.pitch());
        this.pitch = new float[spec.pitch() == null ? 0 : PitchSpec.VALUES][0];
        this.contrast = spec.contrast() == null ? null : new CallerContrast(spec);
        this.contrasts = new float[spec.contrastValues()];
        this.cosineScratch = new float[frontEnd.cosineScratchLength()][0];
    }

    /** Selects the window of blocks {@code [from; to)} and finds its speech frames. */
    void judge(long from, long to) {
        this.from = from;
        this.to = to;
        filled = false;
        tracked = false;
        frames = 0;
        for (long block = from; block < to; block++) {
            frames += blocks.frames(block);
        }
        if (melLevels.length < frames) {
            melLevels = new float[frames];
            speech = new boolean[frames];
            kept = new boolean[frames];
            keptFrames = new int[frames];
        }
        int end = 0;
        for (long block = from; block < to; block++) {
            end = blocks.copyMelLevels(block, melLevels, end);
        }
        speechFrames = gate.judge(melLevels, frames, speech, kept);
    }

    /** Number of frames of the window. */
    int frames() {
        return frames;
    }

    /** Number of its speech frames. */
    int speechFrames() {
        return speechFrames;
    }

    /** Number of its speech frames in blocks from {@code block} on. */
    int speechFramesFrom(long block) {
        int skipped = 0;
        for (long b = from; b < Math.min(block, to); b++) {
            skipped += blocks.frames(b);
        }
        int count = 0;
        for (int i = skipped; i < frames; i++) {
            count += speech[i] ? 1 : 0;
        }
        return count;
    }

    /** Whether {@link #make} is possible: all poolings but the mean need a speech frame. */
    boolean canMake() {
        return speechFrames > 0 || frames > 0 && spec.pooling() == Pooling.MEAN;
    }

    /** Whether its speech is a voice, or the spec has no detector; to be called once for each window that can be made. */
    boolean hearsVoice() {
        if (voice == null) {
            return true;
        }
        trackPitch();
        return voice.hears(filledLogMel(), octaves[0], voicing[0], frames, speech);
    }

    /** Tells the detector of voices that the window has too little sound. */
    void passOver() {
        if (voice != null) {
            voice.passOver();
        }
    }

    /** Makes the window, with the given number and times. */
    Window make(int index, long startMs, long endMs, long capturedAtMs) {
        float ratio = frames == 0 ? 0 : (float) speechFrames / frames;
        float levelDb = levelDb();
        BitSet speechRows = new BitSet();
        float[] values;
        switch (spec.pooling()) {
            case FRAMES -> values = keptRows(speechRows);
            case SPEECH_MEAN -> values = meanOfSpeech();
            default -> values = meanOfAll();
        }
        int rows = values.length / spec.rowValues();
        if (spec.pooling() != Pooling.FRAMES) {
            speechRows.set(0);
        }
        if (spec.levelNormalisation() == LevelNormalisation.WINDOW_LEVEL) {
            shiftLevel(values, TARGET_LEVEL_DB - levelDb);
        }
        if (spec.pooling() == Pooling.FRAMES) {
            ByteGrid.round(values, spec.rowValues());
        }
        return new Window(index, startMs, endMs, capturedAtMs, ratio, levelDb, rows, speechRows, values, contrasts);
    }

    private float levelDb() {
        if (speechFrames == 0) {
            return LogMelProcessor.SILENCE_DB;
        }
        double levels = 0;
        int at = 0;
        for (long block = from; block < to; block++) {
            for (int frame = 0; frame < blocks.frames(block); frame++, at++) {
                levels += speech[at] ? blocks.levelDb(block, frame) : 0;
            }
        }
        return (float) (levels / speechFrames);
    }

    private float[] keptRows(BitSet speechRows) {
        trackPitch();
        fillPitch();
        fillContrast();
        noiseFloor.lift(filledLogMel(), frames);
        filled = false; // overwritten by the lifted energies
        makeRoom(mfcc);
        makeRoom(cosineScratch);
        frontEnd.mfcc(logMel, frames, cosineScratch, mfcc);
        int rows = 0;
        for (int i = 0; i < frames; i++) {
            if (kept[i]) {
                speechRows.set(rows, speech[i]);
                keptFrames[rows++] = i;
            }
        }
        int width = spec.rowValues();
        float[] values = new float[rows * width];
        for (int k = 0; k < mfcc.length; k++) {
            putColumn(mfcc[k], rows, values, k);
        }
        for (int k = 0; k < pitch.length; k++) {
            putColumn(pitch[k], rows, values, mfcc.length + k);
        }
        return values;
    }

    /** Puts the kept frames' values in a column of the rows. */
    private void putColumn(float[] ofFrames, int rows, float[] values, int column) {
        int width = spec.rowValues();
        for (int row = 0; row < rows; row++) {
            values[row * width + column] = ofFrames[keptFrames[row]];
        }
    }

    /** Collects the pitch of each frame, if the spec needs it. */
    private void trackPitch() {
        if (tracked || spec.trackedPitch() == null) {
            return;
        }
        tracked = true;
        makeRoom(octaves);
        makeRoom(voicing);
        int end = 0;
        for (long block = from; block < to; block++) {
            end = blocks.copyPitch(block, octaves[0], voicing[0], end);
        }
    }

    private void fillPitch() {
        if (pitchContour != null) {
            makeRoom(pitch);
            pitchContour.of(octaves[0], voicing[0], frames, pitch);
        }
    }

    /** The frames of the window's first block are in no later window: these are learned. */
    private void fillContrast() {
        if (contrast != null) {
            int leaving = blocks.frames(from);
            contrast.window(filledLogMel(), frames, speech, octaves[0], voicing[0], leaving, contrasts);
        }
    }

    /** {@code [melBands][frames]} energies of the window. */
    private float[][] filledLogMel() {
        if (filled) {
            return logMel;
        }
        makeRoom(logMel);
        int end = 0;
        for (long block = from; block < to; block++) {
            end = blocks.copyLogMel(block, logMel, end);
        }
        filled = true;
        return logMel;
    }

    private void makeRoom(float[][] ofFrames) {
        if (ofFrames[0].length < frames) {
            Arrays.setAll(ofFrames, i -> new float[frames]);
        }
    }

    private float[] meanOfSpeech() {
        BitSet speechRows = new BitSet();
        float[] rows = keptRows(speechRows);
        int width = spec.coefficients();
        float[] mean = new float[width];
        for (int row = speechRows.nextSetBit(0); row >= 0; row = speechRows.nextSetBit(row + 1)) {
            for (int i = 0; i < width; i++) {
                mean[i] += rows[row * width + i];
            }
        }
        for (int i = 0; i < width; i++) {
            mean[i] /= speechFrames;
        }
        return mean;
    }

    private float[] meanOfAll() {
        Arrays.fill(sum, 0);
        for (long block = from; block < to; block++) {
            blocks.addSums(block, sum);
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= frames;
        }
        float[] values = new float[spec.coefficients()];
        frontEnd.mfcc(sum, 0, values, 0);
        return values;
    }

    /** Adds so many dB to all bands of each row: the orthonormal DCT puts sqrt(bands) of that into c0 and nothing elsewhere. */
    private void shiftLevel(float[] values, float db) {
        float shift = db * (float) Math.sqrt(spec.melBands());
        for (int c0 = 0; c0 < values.length; c0 += spec.rowValues()) {
            values[c0] += shift;
        }
    }

    /** Length of its state in bytes. */
    int stateBytes() {
        return SpeechGate.STATE_BYTES
                + (voice == null ? 0 : VoiceDetector.STATE_BYTES)
                + (contrast == null ? 0 : contrast.stateBytes());
    }

    /** Writes {@link #stateBytes()} bytes. */
    void writeTo(ByteBuffer target) {
        gate.writeTo(target);
        if (voice != null) {
            voice.writeTo(target);
        }
        if (contrast != null) {
            contrast.writeTo(target);
        }
    }

    /** Restores what {@link #writeTo} wrote. */
    void readFrom(ByteBuffer source) {
        gate.readFrom(source);
        if (voice != null) {
            voice.readFrom(source);
        }
        if (contrast != null) {
            contrast.readFrom(source);
        }
    }
}
