package io.undertone.window;

import io.undertone.audio.StreamingResampler;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FrontEnd;
import io.undertone.features.LogMelProcessor;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Turns contiguous samples of a leg into windows: window k has the frames that end within {@code [k * hop; k * hop + window)} ms, so
 * with 3 s every 1 s the first is emitted after 3 s, the second after 4 s. Each frame is computed once; between calls, the
 * samples of the unfinished frame and a block of sums or rows for each hop are kept. The same samples give the same windows, bit for bit,
 * however they were cut, and with any number of {@link #writeTo} and {@link #readFrom} in between. Not thread-safe.
 *
 * <p>A window with a smaller share of speech than {@code minSpeechRatio} counts as silent and is not emitted; one with enough sound but,
 * by the spec's detector, no voice (music, tones, noise) counts as not speech. Where the audio
 * ends or is interrupted and some of it lies beyond the last window, {@link #finish} and {@link #restart} emit a shorter window up to
 * the end, if it has {@value #MIN_SHORT_SPEECH_MS} ms of speech and the required share: 2.5 s of audio give [0; 2500) ms, 3.4 s give [0; 3000)
 * and [1000; 3400).
 */
public final class LegAnalyzer {
    /** Least speech in a window that is cut short, ms. */
    public static final int MIN_SHORT_SPEECH_MS = 440;

    /** Samples that are resampled and framed at a time. */
    private static final int STEP = 512;

    private final FrontEnd frontEnd;
    private final FeatureSpec spec;
    private final int fromHz;
    private final double minSpeechRatio;
    private final BlockRing blocks;
    private final WindowMaker maker;

    private int nextIndex;
    private int windows;
    private int silentWindows;
    private int notSpeechWindows;
    private long speechFrames;

    /** Speech analysed with another feature spec, ms. */
    private long speechMsBefore;

    // Since the last restart:
    private long startMs;
    private StreamingResampler resampler;
    private long nextFrame;
    private long nextWindow;
    private long openedBlocks;
    private long lastCapturedMs;

    /** Samples at the spec's rate, from the next frame's first on. */
    private float[] pending;

    private int pendingLength;

    /**
     * @param fromHz rate of the input samples
     * @param minSpeechRatio windows with a smaller share of speech frames are silent, [0, 1]
     */
    public LegAnalyzer(FeatureSpec spec, int fromHz, double minSpeechRatio) {
        this.frontEnd = FrontEnd.of(spec);
        this.spec = spec;
        this.fromHz = fromHz;
        this.minSpeechRatio = minSpeechRatio;
        this.blocks = new BlockRing(frontEnd);
        this.maker = new WindowMaker(frontEnd, blocks);
        this.resampler = new StreamingResampler(fromHz, spec.sampleRateHz());
        this.pending = new float[spec.frameSamples() + resampler.maxOutputs(STEP)];
    }

    /**
     * Accepts the next samples.
     *
     * @param samples mono, [-1, 1], {@code count} of them from {@code from} on
     * @param capturedAtMs when the first of them was captured, epoch ms
     * @param sink gets each window that they complete
     */
    public void accept(float[] samples, int from, int count, long capturedAtMs, Consumer<Window> sink) {
        for (int done = 0; done < count; done += STEP) {
            int step = Math.min(STEP, count - done);
            noteTimes(step, capturedAtMs, done);
            int made = resampler.process(samples, from + done, step, pending, pendingLength);
            pendingLength += made;
            computeFrames(sink);
            while (windowIsComplete()) {
                giveOut(sink);
            }
        }
    }

    /** Records when the last of these samples, and the last of a block that ends within them, was captured. */
    private void noteTimes(int step, long capturedAtMs, int done) {
        long first = resampler.inputs();
        long unit = (long) spec.windowHopMs() * fromHz;
        long block = (first + step) * 1000 / unit - 1;
        long blockEnd = ((block + 1) * unit + 999) / 1000;
        if (block >= 0 && blockEnd > first) {
            openBlocks(block + 1);
            blocks.setCapturedEndMs(block, capturedAtMs + toMs(done + blockEnd - 1 - first));
        }
        lastCapturedMs = capturedAtMs + toMs(done + step - 1);
    }

    private long toMs(long samples) {
        return (samples * 1000 + fromHz / 2) / fromHz;
    }

    private void computeFrames(Consumer<Window> sink) {
        LogMelProcessor processor = frontEnd.processor();
        int start = 0;
        while (pendingLength - start >= spec.frameSamples()) {
            long block = nextFramesBlock();
            while (block >= nextWindow + spec.blocksPerWindow()) {
                giveOut(sink);
            }
            openBlocks(block + 1);
            processor.frame(pending, start);
            blocks.add(block, processor);
            nextFrame++;
            start += spec.hopSamples();
        }
        pendingLength -= start;
        System.arraycopy(pending, start, pending, 0, pendingLength);
        resampler.keepFrom(nextFrame * spec.hopSamples());
    }

    /** The block in which the next frame's last sample lies. */
    private long nextFramesBlock() {
        long lastSample = nextFrame * spec.hopSamples() + spec.frameSamples() - 1;
        return lastSample * 1000 / ((long) spec.sampleRateHz() * spec.windowHopMs());
    }

    private void openBlocks(long end) {
        for (; openedBlocks < end; openedBlocks++) {
            blocks.open(openedBlocks);
        }
    }

    /** Whether all audio of the next window was received and all its frames are computed. */
    private boolean windowIsComplete() {
        long endMs = nextWindow * spec.windowHopMs() + spec.windowMs();
        return resampler.inputs() * 1000 >= endMs * fromHz && nextFramesBlock() >= nextWindow + spec.blocksPerWindow();
    }

    private void giveOut(Consumer<Window> sink) {
        long to = nextWindow + spec.blocksPerWindow();
        openBlocks(to);
        long from = startMs + nextWindow * spec.windowHopMs();
        switch (make(to, from, from + spec.windowMs(), blocks.capturedEndMs(to - 1), 0, sink)) {
            case SILENT -> silentWindows++;
            case NOT_SPEECH -> notSpeechWindows++;
            default -> {
                // Emitted.
            }
        }
        nextIndex++;
        nextWindow++;
    }

    /** The outcome of a window. */
    private enum Made {
        GIVEN_OUT,
        SILENT,
        NOT_SPEECH
    }

    /** Makes the window of the blocks from the next window's first up to {@code to}, if it has enough speech. */
    private Made make(
            long to, long windowStartMs, long windowEndMs, long capturedAtMs, int minSpeechMs, Consumer<Window> sink) {
        maker.judge(nextWindow, to);
        int newSpeech = maker.speechFramesFrom(countedBlocks());
        int frames = maker.frames();
        int speech = maker.speechFrames();
        boolean enough = (long) speech * spec.hopSamples() * 1000 >= (long) minSpeechMs * spec.sampleRateHz();
        if (!enough || speech < minSpeechRatio * frames || !maker.canMake()) {
            maker.passOver();
            speechFrames += newSpeech;
            return Made.SILENT;
        }
        if (!maker.hearsVoice()) {
            return Made.NOT_SPEECH;
        }
        speechFrames += newSpeech;
        windows++;
        sink.accept(maker.make(nextIndex, windowStartMs, windowEndMs, capturedAtMs));
        return Made.GIVEN_OUT;
    }

    /** End of the blocks of earlier windows, whose speech has been counted. */
    private long countedBlocks() {
        return nextWindow == 0 ? 0 : nextWindow + spec.blocksPerWindow() - 1;
    }

    /** Ends the audio: emits a shorter window of the audio that no window has had yet, if it has enough speech. */
    public void finish(Consumer<Window> sink) {
        pendingLength += resampler.finish(pending, pendingLength);
        computeFrames(sink);
        while (windowIsComplete()) {
            giveOut(sink);
        }
        int newFrames = 0;
        for (long block = countedBlocks(); block < openedBlocks; block++) {
            newFrames += blocks.frames(block);
        }
        if (newFrames > 0) {
            long endMs = startMs + resampler.inputs() * 1000 / fromHz;
            long fromMs = startMs + nextWindow * spec.windowHopMs();
            switch (make(openedBlocks, fromMs, endMs, lastCapturedMs, MIN_SHORT_SPEECH_MS, sink)) {
                case GIVEN_OUT -> nextIndex++;
                case NOT_SPEECH -> {
                    notSpeechWindows++;
                    nextIndex++;
                }
                default -> {
                    // Too short to be counted.
                }
            }
        }
    }

    /**
     * Interrupts the audio, which continues at {@code newStartMs}: as {@link #finish}, then windows restart there and their numbers
     * continue.
     *
     * @param newStartMs time from the leg's first sample, ms
     */
    public void restart(long newStartMs, Consumer<Window> sink) {
        finish(sink);
        startMs = newStartMs;
        resampler = new StreamingResampler(fromHz, spec.sampleRateHz());
        nextFrame = 0;
        nextWindow = 0;
        openedBlocks = 0;
        pendingLength = 0;
    }

    /** Number of the next window: windows so far, including those not emitted. */
    public int nextIndex() {
        return nextIndex;
    }

    /** Windows emitted. */
    public int windows() {
        return windows;
    }

    /** Windows not emitted for lack of speech. */
    public int silentWindows() {
        return silentWindows;
    }

    /** Windows not emitted because their sound was no voice. */
    public int notSpeechWindows() {
        return notSpeechWindows;
    }

    /** Length of the speech so far, each moment counted in its first window, without windows that have no voice, ms. */
    public long speechMs() {
        return speechMsBefore + speechFrames * spec.hopSamples() * 1000 / spec.sampleRateHz();
    }

    /** Where the audio began or continued after its last break, from the leg's first sample, ms. */
    long startMs() {
        return startMs;
    }

    /** Frames computed since the last break in the audio: the number of the next. */
    long frames() {
        return nextFrame;
    }

    /** Number, since the last break, of the first frame that a future window needs. */
    long firstFrame() {
        long held = 0;
        for (long block = nextWindow; block < openedBlocks; block++) {
            held += blocks.frames(block);
        }
        return nextFrame - held;
    }

    /** Bytes of a frame that is stored separately; 0 if frames are not. */
    int frameBytes(FrameFormat format) {
        return blocks.frameBytes(format);
    }

    /** Writes frames {@code [from; frames())}, {@link #frameBytes} of the current format each. */
    void writeFrames(ByteBuffer target, long from) {
        long number = firstFrame();
        for (long block = nextWindow; block < openedBlocks; block++) {
            for (int frame = 0; frame < blocks.frames(block); frame++, number++) {
                if (number >= from) {
                    blocks.writeFrame(target, block, frame);
                }
            }
        }
    }

    /**
     * Reads those separately stored frames that are needed.
     *
     * @param from number of the first
     */
    void readFrames(ByteBuffer source, long from, FrameFormat format) {
        int frameBytes = frameBytes(format);
        long to = from + source.remaining() / frameBytes;
        int start = source.position();
        long number = firstFrame();
        for (long block = nextWindow; block < openedBlocks; block++) {
            for (int frame = 0; frame < blocks.frames(block); frame++, number++) {
                if (number >= from && number < to) {
                    source.position(start + (int) (number - from) * frameBytes);
                    blocks.readFrame(source, block, frame, format);
                }
            }
        }
    }

    /** Upper limit of the bytes that {@link #writeTo} writes. */
    int stateBytes(boolean framesApart) {
        return maker.stateBytes()
                + 4 * Integer.BYTES
                + 8 * Long.BYTES
                + SampleCodec.maxBytes(resampler.historyLength())
                + blocks.stateBytes(nextWindow, openedBlocks, framesApart);
    }

    /**
     * Writes its state; first the part that holds for any feature spec.
     *
     * @param framesApart whether to leave out what {@link #writeFrames} writes
     */
    void writeTo(ByteBuffer target, boolean framesApart) {
        target.putInt(nextIndex).putInt(windows).putInt(silentWindows).putInt(notSpeechWindows);
        target.putLong(speechMs());
        target.putLong(speechMsBefore).putLong(speechFrames);
        maker.writeTo(target);
        target.putLong(startMs)
                .putLong(nextFrame)
                .putLong(nextWindow)
                .putLong(openedBlocks)
                .putLong(lastCapturedMs);
        float[] history = new float[resampler.historyLength()];
        resampler.copyHistory(history, 0);
        SampleCodec.write(history, target);
        blocks.writeTo(target, nextWindow, openedBlocks, framesApart);
    }

    /**
     * Restores what {@link #writeTo} of an analyzer of the same spec and rate wrote.
     *
     * @param framesApart whether frames were left out and are read later
     * @param heardAll whether it was written by a release without a detector of voices
     * @param format of the frames that it has
     */
    void readFrom(ByteBuffer source, boolean framesApart, boolean heardAll, FrameFormat format) {
        readCounts(source, heardAll);
        source.getLong();
        speechMsBefore = source.getLong();
        speechFrames = source.getLong();
        maker.readFrom(source);
        startMs = source.getLong();
        nextFrame = source.getLong();
        nextWindow = source.getLong();
        openedBlocks = source.getLong();
        lastCapturedMs = source.getLong();
        float[] history = SampleCodec.read(source);
        long firstOutput = nextFrame * spec.hopSamples();
        resampler = new StreamingResampler(fromHz, spec.sampleRateHz(), firstOutput);
        if (pending.length < resampler.maxOutputs(history.length)) {
            pending = new float[resampler.maxOutputs(history.length) + resampler.maxOutputs(STEP)];
        }
        pendingLength = resampler.process(history, 0, history.length, pending, 0);
        blocks.readFrom(source, nextWindow, openedBlocks, framesApart, format);
    }

    /**
     * Restores what {@link #writeTo} of an analyzer of another spec wrote: counts and window numbers continue, windows
     * restart.
     *
     * @param newStartMs time from the leg's first sample, ms
     * @param heardAll as above
     */
    void readFromAnotherSpec(ByteBuffer source, long newStartMs, boolean heardAll) {
        readCounts(source, heardAll);
        speechMsBefore = source.getLong();
        startMs = newStartMs;
    }

    private void readCounts(ByteBuffer source, boolean heardAll) {
        nextIndex = source.getInt();
        windows = source.getInt();
        silentWindows = source.getInt();
        notSpeechWindows = heardAll ? 0 : source.getInt();
    }

    /** Skips window numbers below this one, which another analyzer has used. */
    void skipTo(int index) {
        nextIndex = Math.max(nextIndex, index);
    }
}
