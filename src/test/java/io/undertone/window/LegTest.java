package io.undertone.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.undertone.audio.SampleFormat;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.ingest.Chunk;
import io.undertone.ingest.ChunkRefusedException;
import io.undertone.ingest.EndReason;
import io.undertone.ingest.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Legs of a made-up voice at 8,000 Hz in chunks of 200 ms; gaps up to 1,000 ms are filled. */
class LegTest {
    private static final int RATE_HZ = 8_000;
    private static final FeatureSpec REFERENCE = FeatureSpecs.reference();
    private static final FeatureSpec TELEPHONE = FeatureSpecs.telephone();
    private static final LegSettings ALL = new LegSettings(1_000, 500, 0);

    private static List<Chunk> voice(int ms) {
        return Audio.chunks(Audio.voice(ms * 8, RATE_HZ, 1), RATE_HZ, SampleFormat.MULAW, 1_600);
    }

    private static List<Chunk> without(List<Chunk> chunks, int fromMs, int toMs) {
        List<Chunk> rest = new ArrayList<>(chunks);
        rest.removeIf(chunk -> chunk.position() >= fromMs * 8L && chunk.end() <= toMs * 8L);
        return rest;
    }

    private static List<String> spans(LegRun run) {
        return run.windows.stream()
                .map(w -> w.index() + ": " + w.startMs() + "-" + w.endMs())
                .toList();
    }

    @Test
    void shouldGiveAWindowOfThreeSecondsEverySecond() {
        for (FeatureSpec spec : List.of(REFERENCE, TELEPHONE)) {
            LegRun run = new LegRun(spec, ALL, voice(6_000));
            assertThat(spans(run)).containsExactly("0: 0-3000", "1: 1000-4000", "2: 2000-5000", "3: 3000-6000");
            assertThat(run.windows).allSatisfy(window -> {
                assertThat(window.capturedAtMs()).isCloseTo(Audio.STARTED_AT_MS + window.endMs(), within(1L));
                assertThat(window.speechRatio()).isBetween(0.3f, 1f);
                assertThat(window.levelDb()).isBetween(-40f, 0f);
            });
            assertThat(run.report.durationMs()).isEqualTo(6_000);
            assertThat(run.report.startedAtMs()).isEqualTo(Audio.STARTED_AT_MS);
            assertThat(run.report.windows()).isEqualTo(4);
            assertThat(run.report.speechMs()).isBetween(2_000L, 6_000L);
        }
    }

    @Test
    void shouldGiveAWindowAsSoonAsItsLastChunkCame() throws ChunkRefusedException {
        List<Chunk> chunks = voice(4_000);
        Leg leg = Leg.open(TELEPHONE, ALL, chunks.get(0), 0);
        List<Window> windows = new ArrayList<>();
        for (Chunk chunk : chunks) {
            leg.accept(chunk, 0, windows::add);
            assertThat(windows).hasSize(chunk.end() < 24_000 ? 0 : chunk.end() < 32_000 ? 1 : 2);
            assertThat(leg.nextIndex()).isEqualTo(windows.size());
        }
    }

    @Test
    void shouldPoolFramesByTheirBlocks() {
        LegRun run = new LegRun(REFERENCE, ALL, voice(4_000));
        // 2,048-sample frames every 512 at 22,050 Hz: 126 end within 3 s, 43 within the fourth.
        float[] mean = new float[40];
        LegRun all = new LegRun(REFERENCE, ALL, voice(3_000));
        run.windows.get(0).copyTo(mean, 0);
        for (int i = 0; i < 40; i++) {
            assertThat(all.windows.get(0).get(i)).isEqualTo(mean[i]);
        }
        assertThat(run.windows).allSatisfy(window -> assertThat(window.rows()).isEqualTo(1));
    }

    @Test
    void shouldCompareAWindowWithTheCallersEarlierSpeech() {
        FeatureSpec spec = TELEPHONE.withContrast(FeatureSpecs.TELEPHONE_CONTRAST);
        float[] audio = Audio.voice(18 * RATE_HZ, RATE_HZ, 1);
        List<Chunk> evenChunks = Audio.chunks(audio, RATE_HZ, SampleFormat.PCM_F32LE, 1_600);
        LegRun even = new LegRun(spec, ALL, evenChunks);
        for (int i = 12 * RATE_HZ; i < audio.length; i++) {
            audio[i] *= 2;
        }
        List<Chunk> chunks = Audio.chunks(audio, RATE_HZ, SampleFormat.PCM_F32LE, 1_600);
        LegRun louder = new LegRun(spec, ALL, chunks);

        assertThat(contrast(louder.windows.get(0))).containsExactly(0, 0, 0, 0, 0);
        float[] before = contrast(even.windows.get(12));
        float[] after = contrast(louder.windows.get(12));
        for (int group = 0; group < 4; group++) {
            // 6 dB are one unit; twelve seconds, two thirds of them speech, are believed by 400 / 450.
            assertThat(after[group] - before[group]).isBetween(0.8f, 0.95f);
        }
        assertThat(after[4]).isCloseTo(before[4], within(0.02f)); // the pitch is the same
        // In the end, three of fifteen seconds learned were louder, too.
        float last = contrast(louder.windows.get(15))[0] - contrast(even.windows.get(15))[0];
        assertThat(last).isBetween(0.6f, 0.8f);
        // A gap does not forget the caller: the first six seconds, two thirds of them speech, are believed by 200 /
        // 250.
        LegRun evenGap = new LegRun(spec, ALL, without(evenChunks, 6_000, 12_000));
        LegRun gap = new LegRun(spec, ALL, without(chunks, 6_000, 12_000));
        Window afterGap = gap.windows.get(gap.windows.size() - 1);
        assertThat(afterGap.startMs()).isGreaterThanOrEqualTo(12_000);
        float louderGap = contrast(afterGap)[0] - contrast(evenGap.windows.get(gap.windows.size() - 1))[0];
        assertThat(louderGap).isBetween(0.3f, 0.9f);
    }

    private static float[] contrast(Window window) {
        float[] contrast = new float[window.contrastLength()];
        for (int i = 0; i < contrast.length; i++) {
            contrast[i] = window.contrast(i);
        }
        return contrast;
    }

    @Test
    void shouldGiveValuesThatFitIntoBytesWherePooledByFrames() {
        LegRun run = new LegRun(TELEPHONE, ALL, voice(5_000));
        for (Window window : run.windows) {
            assertThat(window.rows()).isBetween(1, TELEPHONE.maxFramesPerWindow());
            float[] values = new float[window.length()];
            window.copyTo(values, 0);
            assertThat(ByteGrid.scales(values, TELEPHONE.coefficients())).isNotNull();
        }
    }

    @Test
    void shouldGiveAShorterWindowOfWhatIsLeftOver() {
        assertThat(spans(new LegRun(TELEPHONE, ALL, voice(2_500)))).containsExactly("0: 0-2500");
        assertThat(spans(new LegRun(TELEPHONE, ALL, voice(3_400)))).containsExactly("0: 0-3000", "1: 1000-3400");
        assertThat(spans(new LegRun(TELEPHONE, ALL, voice(4_000)))).containsExactly("0: 0-3000", "1: 1000-4000");
        LegRun run = new LegRun(TELEPHONE, ALL, voice(2_500));
        assertThat(run.windows.get(0).capturedAtMs()).isCloseTo(Audio.STARTED_AT_MS + 2_500, within(1L));
    }

    @Test
    void shouldGiveNoShorterWindowWithoutEnoughSpeech() {
        assertThat(new LegRun(TELEPHONE, ALL, voice(250)).windows).isEmpty();
        assertThat(new LegRun(TELEPHONE, ALL, voice(10)).windows).isEmpty();
        List<Chunk> silence = Audio.chunks(new float[16_000], RATE_HZ, SampleFormat.ALAW, 1_600);
        LegRun run = new LegRun(TELEPHONE, ALL, silence);
        assertThat(run.windows).isEmpty();
        assertThat(run.report.silentWindows()).isZero();
    }

    @Test
    void shouldCountWindowsWithoutSpeechAsSilent() {
        for (FeatureSpec spec : List.of(REFERENCE, TELEPHONE)) {
            List<Chunk> silence = Audio.chunks(new float[RATE_HZ * 5], RATE_HZ, SampleFormat.PCM_F32LE, 1_600);
            LegRun run = new LegRun(spec, LegSettings.DEFAULT, silence);
            assertThat(run.windows).isEmpty();
            assertThat(run.report.silentWindows()).isEqualTo(3);
            assertThat(run.report.speechMs()).isZero();
        }
    }

    @Test
    void shouldFillAShortGapWithSilence() {
        LegRun run = new LegRun(TELEPHONE, ALL, without(voice(6_000), 2_000, 2_600));
        assertThat(spans(run)).containsExactly("0: 0-3000", "1: 1000-4000", "2: 2000-5000", "3: 3000-6000");
        assertThat(run.report.gaps()).isEqualTo(1);
        assertThat(run.report.gapMs()).isEqualTo(600);
        assertThat(run.report.durationMs()).isEqualTo(6_000);
        LegRun whole = new LegRun(TELEPHONE, ALL, voice(6_000));
        assertThat(run.exact().get(3))
                .as("nothing of the gap is in it")
                .isEqualTo(whole.exact().get(3));
        assertThat(run.exact().get(0)).isNotEqualTo(whole.exact().get(0));
    }

    @Test
    void shouldBeginWindowsAnewAfterALongGap() {
        LegRun run = new LegRun(TELEPHONE, ALL, without(voice(12_000), 4_400, 7_000));
        assertThat(spans(run))
                .containsExactly(
                        "0: 0-3000", "1: 1000-4000", "2: 2000-4400", "3: 7000-10000", "4: 8000-11000", "5: 9000-12000");
        assertThat(run.windows.get(3).capturedAtMs()).isCloseTo(Audio.STARTED_AT_MS + 10_000, within(1L));
        assertThat(run.report.gapMs()).isEqualTo(2_600);
    }

    @Test
    void shouldCountTimesFromTheFirstSampleThatCame() {
        float[] audio = Audio.voice(4_000 * 8, RATE_HZ, 1);
        List<Chunk> chunks = new ArrayList<>();
        for (int from = 0; from < audio.length; from += 1_600) {
            chunks.add(Audio.chunk(
                    audio, RATE_HZ, SampleFormat.MULAW, from, from + 1_600, 80_000, from + 1_600 == audio.length));
        }
        LegRun run = new LegRun(TELEPHONE, ALL, chunks);
        assertThat(spans(run)).containsExactly("0: 0-3000", "1: 1000-4000");
        assertThat(run.report.gaps()).isZero();
        assertThat(run.report.durationMs()).isEqualTo(4_000);
        assertThat(run.exact()).isEqualTo(new LegRun(TELEPHONE, ALL, voice(4_000)).exact());
    }

    @Test
    void shouldGoOnAfterAHoleByTheClock() throws ChunkRefusedException {
        List<Chunk> chunks = without(voice(3_200), 2_800, 3_000);
        Leg leg = Leg.open(TELEPHONE, ALL, chunks.get(0), 0);
        List<Window> windows = new ArrayList<>();
        for (Chunk chunk : chunks) {
            leg.accept(chunk, 1_000, windows::add);
        }
        assertThat(windows).isEmpty();
        assertThat(leg.holding()).isTrue();
        assertThat(leg.complete()).isFalse();
        assertThat(leg.lastHeardMs()).isEqualTo(1_000);
        leg.flushHeld(1_501, windows::add);
        assertThat(windows).hasSize(1);
        assertThat(leg.complete()).isTrue();
    }

    @Test
    void shouldCountWhatComesAfterItsEnd() throws ChunkRefusedException {
        List<Chunk> chunks = voice(3_000);
        Leg leg = Leg.open(TELEPHONE, ALL, chunks.get(0), 0);
        for (Chunk chunk : chunks) {
            leg.accept(chunk, 0, window -> {});
        }
        leg.end(EndReason.LAST_CHUNK, window -> {});
        byte[] tombstone = leg.toBytes();
        assertThat(tombstone.length).isLessThan(350);
        Leg restored = Leg.fromBytes(TELEPHONE, ALL, tombstone);
        assertThat(restored.ended()).isTrue();
        assertThat(restored.accept(chunks.get(0), 5, window -> {})).isEqualTo(Outcome.AFTER_END);
        assertThatIllegalStateException().isThrownBy(() -> restored.end(EndReason.IDLE, window -> {}));
    }

    @Test
    void shouldKeepItsStateSmall() {
        for (SampleFormat format : SampleFormat.values()) {
            float[] audio = Audio.voice(8_000 * 6, RATE_HZ, 1);
            List<Chunk> chunks = Audio.chunks(audio, RATE_HZ, format, 160);
            int floats = format == SampleFormat.PCM_F32LE ? 2_048 : 0;
            assertThat(new LegRun(REFERENCE, ALL, chunks, () -> true).largestState)
                    .isLessThan(5_120 + floats);
            assertThat(new LegRun(TELEPHONE, ALL, chunks, () -> true).largestState)
                    .isLessThan(16_384 + floats);
        }
        float[] wide = Audio.voice(48_000 * 5, 48_000, 1);
        List<Chunk> chunks = Audio.chunks(wide, 48_000, SampleFormat.PCM_S16LE, 960);
        assertThat(new LegRun(REFERENCE, ALL, chunks, () -> true).largestState).isLessThan(14_336);
        assertThat(new LegRun(TELEPHONE, ALL, chunks, () -> true).largestState).isLessThan(32_768);
    }

    /** 6,999.3 ms are not 7 s, though the resampler's filter reaches beyond them. */
    @Test
    void shouldEndALegThatFallsShortOfAWindowByLessThanTheFilterReaches() {
        int rateHz = 44_100;
        float[] audio = Audio.voice(308_668, rateHz, -1);
        LegRun run = new LegRun(REFERENCE, ALL, Audio.chunks(audio, rateHz, SampleFormat.PCM_S16LE, 882));
        Window last = run.windows.get(run.windows.size() - 1);
        assertThat(last.startMs()).isEqualTo(4_000);
        assertThat(last.endMs()).isEqualTo(6_999);
        assertThat(last.capturedAtMs() - Audio.STARTED_AT_MS).isBetween(6_998L, 7_000L);
    }

    @Test
    void shouldRefuseStateOfAnotherVersionAndSayWhereItIsOfAnotherSpec() {
        List<Chunk> chunks = voice(1_000);
        byte[] bytes = Leg.open(TELEPHONE, ALL, chunks.get(0), 0).toBytes();
        assertThat(Leg.fromBytes(TELEPHONE, ALL, bytes).ofAnotherSpec()).isFalse();
        assertThat(Leg.fromBytes(REFERENCE, ALL, bytes).ofAnotherSpec()).isTrue();
        bytes[0] = 99;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Leg.fromBytes(TELEPHONE, ALL, bytes))
                .withMessageContaining("version=99");
    }
}
