package io.undertone.topology;

import io.undertone.AudioChunk;
import io.undertone.MfccWindow;
import io.undertone.Role;
import io.undertone.audio.G711;
import io.undertone.audio.SampleFormat;
import io.undertone.codec.AvroCodec;
import io.undertone.codec.UnreadableRecordException;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.features.FeatureSpec;
import io.undertone.inference.Probabilities;
import io.undertone.ingest.AudioChunkReader;
import io.undertone.ingest.ChunkRefusedException;
import io.undertone.ingest.LegChunk;
import io.undertone.ingest.LegId;
import io.undertone.model.EmotionModel;
import io.undertone.publish.WindowRecords;
import io.undertone.source.Chunking;
import io.undertone.source.LegPublisher;
import io.undertone.vote.Belief;
import io.undertone.vote.Opinion;
import io.undertone.window.Leg;
import io.undertone.window.LegSettings;
import io.undertone.window.Window;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The first work of a process, on synthetic audio: engines compile, allocate and load on first use, and Java's compiler starts with the
 * front end; no call should wait for that. A model that fails does so at start rather than during a call.
 */
public final class WarmUp {
    /** Enough audio for all loops of the front end to be compiled with every optimisation; under a second of work. */
    public static final Duration THOROUGH = Duration.ofSeconds(120);

    /** Enough for them to be compiled by the first of Java's compilers. */
    public static final Duration QUICK = Duration.ofSeconds(10);

    private static final int RATE_HZ = 8_000;
    private static final int CHUNKS_PER_SECOND = 5;
    private static final int CHUNK_MS = 1_000 / CHUNKS_PER_SECOND;
    private static final int CHUNK_SAMPLES = RATE_HZ / CHUNKS_PER_SECOND;
    /** After this many chunks, a leg is replaced by one that is read from its bytes. */
    private static final int CHUNKS_PER_LEG = 25;

    /** Alternately loud and soft, so that some of it counts as speech. */
    private static final float[] LOUDNESS = {0.2f, 0.1f, 0.001f};

    /** Small batches after the first two. */
    private static final int SMALL_BATCHES = 12;

    private static final int SMALL_BATCH_WINDOWS = 8;

    private WarmUp() {}

    /**
     * Warms up what the stages of a process need.
     *
     * @param config names the stages
     * @param spec of the bundle, for the features stage
     * @param model the opened bundle; for the inference stage
     * @param audio amount of noise for the front end
     * @throws InterruptedException if interrupted
     * @throws RuntimeException if the model fails at its first windows
     */
    public static void run(UndertoneConfig config, FeatureSpec spec, @Nullable EmotionModel model, Duration audio)
            throws InterruptedException {
        if (config.stages().contains(Stage.INFERENCE) && model != null) {
            run(model, config.inferenceBatchMaxSize());
        }
        if (config.stages().contains(Stage.FEATURES)) {
            run(spec, audio);
        }
    }

    /**
     * Passes noise as chunk records through reader, leg and windows to window records: the whole processing of a call except Kafka's part.
     */
    static void run(FeatureSpec spec, Duration audio) throws InterruptedException {
        AvroCodec<AudioChunk> chunkCodec = new AvroCodec<>(AudioChunk.class);
        AvroCodec<MfccWindow> windowCodec = new AvroCodec<>(MfccWindow.class);
        AudioChunkReader reader = new AudioChunkReader(CHUNK_SAMPLES);
        WindowRecords records = new WindowRecords(spec);
        LegId id = new LegId("warm-up", Role.CUSTOMER);
        Random random = new Random(1);
        Queue<AudioChunk> chunks = new ArrayDeque<>();
        LegPublisher publisher = new LegPublisher(id, RATE_HZ, 0, Chunking.every(CHUNK_MS), chunks::add);
        try {
            Leg leg = null;
            for (int sent = 0; sent < audio.toSeconds() * CHUNKS_PER_SECOND; sent++) {
                throwIfInterrupted();
                publisher.add(SampleFormat.MULAW, (long) sent * CHUNK_SAMPLES, noise(sent, random));
                byte[] record = chunkCodec.encode(chunks.remove());
                LegChunk read = reader.check(id.recordKey(), reader.parse(record));
                if (leg == null) {
                    leg = Leg.open(spec, LegSettings.DEFAULT, read.chunk(), 0);
                }
                List<Window> windows = new ArrayList<>();
                leg.accept(read.chunk(), 0, windows::add);
                for (Window window : windows) {
                    records.window(windowCodec.decode(windowCodec.encode(records.ofWindow(id, window))));
                }
                leg.headToBytes();
                if (sent % CHUNKS_PER_LEG == 0) {
                    leg = Leg.fromBytes(spec, LegSettings.DEFAULT, leg.toBytes());
                }
            }
        } catch (ChunkRefusedException | UnreadableRecordException e) {
            throw new IllegalStateException("a record that was just written must be readable", e);
        }
    }

    private static byte[] noise(int number, Random random) {
        byte[] audio = new byte[CHUNK_SAMPLES];
        float loudness = LOUDNESS[number % LOUDNESS.length];
        for (int i = 0; i < audio.length; i++) {
            audio[i] = G711.toMulaw((int) (loudness * Short.MAX_VALUE * (random.nextFloat() - 0.5f)));
        }
        return audio;
    }

    /** Passes the first windows, of silence, through a model: one alone, a full batch, then small batches. */
    static void run(EmotionModel model, int maxBatchSize) throws InterruptedException {
        FeatureSpec spec = model.spec();
        int rows = spec.pooling() == FeatureSpec.Pooling.FRAMES ? spec.maxFramesPerWindow() : 1;
        Window window = new Window(0, 0, spec.windowMs(), 0, 1, 0, rows, new float[rows * spec.rowValues()]);
        Probabilities probabilities = new Probabilities(
                model.ensemble().voters().size(), model.ensemble().labels().size());
        judge(model, window, 1, probabilities);
        judge(model, window, maxBatchSize, probabilities);
        for (int i = 0; i < SMALL_BATCHES; i++) {
            judge(model, window, Math.min(SMALL_BATCH_WINDOWS, maxBatchSize), probabilities);
        }
    }

    private static void judge(EmotionModel model, Window window, int size, Probabilities probabilities)
            throws InterruptedException {
        throwIfInterrupted();
        probabilities.reset(size);
        model.ensemble().predict(Collections.nCopies(size, window), probabilities);
        Belief belief = Belief.NONE;
        for (int i = 0; i < size; i++) {
            belief = model.vote()
                    .judge(Opinion.of(probabilities, i), belief, window.endMs())
                    .belief();
        }
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while warming up");
        }
    }
}
