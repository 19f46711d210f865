package io.undertone.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.audio.SampleFormat;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.ingest.Chunk;
import io.undertone.ingest.EndReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** However a leg's audio is cut, ordered within the limit, and stored in between: the same windows, bit for bit. */
class LegPropertyTest {
    @Property(tries = 60)
    void shouldGiveTheSameWindowsHoweverAudioIsCut(
            @ForAll("specs") FeatureSpec spec,
            @ForAll SampleFormat format,
            @ForAll("rates") int rateHz,
            @ForAll @IntRange(min = 1000, max = 7000) int lengthMs,
            @ForAll long seed) {
        Random random = new Random(seed);
        float[] audio = Audio.voice((int) ((long) lengthMs * rateHz / 1000) + random.nextInt(50), rateHz, seed);
        LegRun whole = new LegRun(
                spec, LegSettings.DEFAULT, List.of(Audio.chunk(audio, rateHz, format, 0, audio.length, true)));
        assertThat(whole.windows).isNotEmpty();

        same(whole, new LegRun(spec, LegSettings.DEFAULT, Audio.chunks(audio, rateHz, format, rateHz / 50)));
        same(whole, new LegRun(spec, LegSettings.DEFAULT, Audio.chunks(audio, rateHz, format, rateHz / 5)));
        List<Chunk> irregular = Audio.irregularChunks(audio, rateHz, format, rateHz / 4, random);
        same(whole, new LegRun(spec, LegSettings.DEFAULT, irregular, () -> random.nextInt(3) == 0));
    }

    @Property(tries = 40)
    void shouldGiveTheSameWindowsHoweverChunksAreShuffledWithinTheLimit(
            @ForAll("specs") FeatureSpec spec,
            @ForAll SampleFormat format,
            @ForAll("rates") int rateHz,
            @ForAll long seed) {
        Random random = new Random(seed);
        float[] audio = Audio.voice(rateHz * 5 + random.nextInt(rateHz), rateHz, seed);
        List<Chunk> ordered = Audio.irregularChunks(audio, rateHz, format, rateHz / 20, random);
        LegRun straight = new LegRun(spec, LegSettings.DEFAULT, ordered);

        List<Chunk> shuffled = shuffle(ordered, LegSettings.DEFAULT.maxDisorderMs() * (long) rateHz / 1000, random);
        LegRun run = new LegRun(spec, LegSettings.DEFAULT, shuffled, () -> random.nextInt(4) == 0);
        same(straight, run);
        assertThat(run.report.gaps()).isZero();
        assertThat(run.report.reason()).isEqualTo(EndReason.LAST_CHUNK);
    }

    /** A voice, then tones, with holes: what tells voices remembers, and its memory survives. */
    @Property(tries = 40)
    void shouldTellVoicesTheSameHoweverAudioIsCut(
            @ForAll SampleFormat format, @ForAll("rates") int rateHz, @ForAll long seed) {
        Random random = new Random(seed);
        FeatureSpec spec = FeatureSpecs.telephoneVoice();
        float[] audio = Audio.voice(rateHz * 12 + random.nextInt(rateHz), rateHz, seed);
        for (int i = rateHz * 4; i < rateHz * 9; i++) {
            boolean sounds = (long) i * 4 / rateHz % 2 == 0;
            audio[i] = sounds ? (float) (0.2 * Math.sin(2 * Math.PI * 425 * i / rateHz)) : 0.001f * random.nextFloat();
        }
        for (int hole = 0; hole < 20; hole++) {
            int from = random.nextInt(audio.length);
            Arrays.fill(audio, from, Math.min(audio.length, from + rateHz / 50), 0);
        }
        LegRun whole = new LegRun(
                spec, LegSettings.DEFAULT, List.of(Audio.chunk(audio, rateHz, format, 0, audio.length, true)));
        assertThat(whole.report.notSpeechWindows()).isPositive();

        List<Chunk> irregular = Audio.irregularChunks(audio, rateHz, format, rateHz / 4, random);
        same(whole, new LegRun(spec, LegSettings.DEFAULT, irregular, () -> random.nextInt(3) == 0));
    }

    @Property(tries = 40)
    void shouldCountEveryChunkOnce(@ForAll SampleFormat format, @ForAll("rates") int rateHz, @ForAll long seed) {
        Random random = new Random(seed);
        float[] audio = Audio.voice(rateHz * 6, rateHz, seed);
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            int from = random.nextInt(audio.length - 1);
            int to = Math.min(audio.length, from + 1 + random.nextInt(rateHz / 3));
            int rate = random.nextInt(10) == 0 ? 9_999 : rateHz;
            chunks.add(Audio.chunk(audio, rate, format, from, to, random.nextInt(40) == 0));
        }
        chunks.set(0, Audio.chunk(audio, rateHz, format, 0, 100, false));
        LegRun run = new LegRun(FeatureSpecs.telephone(), LegSettings.DEFAULT, chunks, () -> random.nextInt(4) == 0);

        LegReport report = run.report;
        assertThat(report.chunks()).isEqualTo(chunks.size());
        assertThat(report.usedChunks()
                        + report.duplicateChunks()
                        + report.lateChunks()
                        + report.afterEndChunks()
                        + report.refusedChunks())
                .isEqualTo(report.chunks());
        assertThat(run.outcomes.values().stream().mapToInt(Integer::intValue).sum() + run.refused)
                .isEqualTo(chunks.size());
        assertThat(run.refused).isEqualTo(report.refusedChunks());
        assertThat(run.windows).hasSize(report.windows());
        assertThat(report.durationMs()).isLessThanOrEqualTo(6000);
    }

    private static void same(LegRun expected, LegRun actual) {
        assertThat(actual.exact()).isEqualTo(expected.exact());
        for (int i = 0; i < expected.windows.size(); i++) {
            assertThat(actual.windows.get(i).capturedAtMs())
                    .isCloseTo(expected.windows.get(i).capturedAtMs(), within(2L));
        }
        assertThat(actual.report.durationMs()).isEqualTo(expected.report.durationMs());
        assertThat(actual.report.speechMs()).isEqualTo(expected.report.speechMs());
        assertThat(actual.report.silentWindows()).isEqualTo(expected.report.silentWindows());
        assertThat(actual.report.notSpeechWindows()).isEqualTo(expected.report.notSpeechWindows());
    }

    /** Delays chunks at random, none so long that audio more than {@code limit} samples after its begin overtakes it. */
    private static List<Chunk> shuffle(List<Chunk> ordered, long limit, Random random) {
        List<Chunk> waiting = new ArrayList<>();
        List<Chunk> shuffled = new ArrayList<>();
        int next = 0;
        while (next < ordered.size() || !waiting.isEmpty()) {
            boolean mayTake = next < ordered.size()
                    && (waiting.isEmpty()
                            || ordered.get(next).end() - waiting.get(0).position() <= limit);
            if (mayTake && random.nextInt(3) > 0) {
                waiting.add(ordered.get(next++));
            } else if (!waiting.isEmpty()) {
                shuffled.add(waiting.remove(mayTake ? random.nextInt(waiting.size()) : 0));
            }
        }
        return shuffled;
    }

    @Provide
    Arbitrary<FeatureSpec> specs() {
        return Arbitraries.of(
                FeatureSpecs.reference(),
                FeatureSpecs.telephone(),
                FeatureSpecs.telephone().withPitch(FeatureSpecs.TELEPHONE_PITCH),
                FeatureSpecs.telephone().withContrast(FeatureSpecs.TELEPHONE_CONTRAST));
    }

    @Provide
    Arbitrary<Integer> rates() {
        return Arbitraries.of(8_000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000, 8_001, 12_347);
    }
}
