package io.undertone.training.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.features.FeatureSpecs;
import io.undertone.training.MadeUpVoices;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Corpus;
import io.undertone.training.corpus.Utterance;
import io.undertone.training.hearing.FarEnd;
import io.undertone.window.LegSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedCallTest {
    @TempDir
    private Path folder;

    private static List<Clip> clips(String... labels) {
        return IntStream.range(0, labels.length)
                .mapToObj(i -> new Clip("made-up", Path.of(i + ".wav"), "one", labels[i]))
                .toList();
    }

    @Test
    void shouldLetAnEmotionLastAndThenChange() {
        List<StagedCall> calls = StagedCall.of(clips("calm", "calm", "sad", "sad", "angry"), 1);

        assertThat(calls).extracting(StagedCall::episode).containsExactlyElementsOf(StagedCall.EPISODES);
        for (StagedCall call : calls) {
            List<String> labels = call.clips().stream().map(Clip::label).toList();
            assertThat(labels.size()).isGreaterThanOrEqualTo(24);
            for (int i = 1; i < labels.size(); i++) {
                boolean goesOn = i % call.episode() != 0;
                assertThat(labels.get(i).equals(labels.get(i - 1))).isEqualTo(goesOn);
            }
        }
    }

    @Test
    void shouldRepeatAClipOnlyWhenAllHaveBeenHeard() {
        List<Clip> clips = clips("calm", "calm", "sad", "sad");
        StagedCall call = StagedCall.of(clips, 1).get(1);

        for (int i = 0; i < call.clips().size(); i += 2) {
            assertThat(call.clips().get(i)).isNotEqualTo(call.clips().get(i + 1));
        }
        assertThat(StagedCall.of(clips, 1).get(1)).isEqualTo(call);
    }

    @Test
    void shouldStageAVoiceOfOneEmotionToo() {
        assertThat(StagedCall.of(clips("calm"), 1))
                .hasSize(5)
                .allSatisfy(call -> assertThat(call.clips()).hasSizeGreaterThanOrEqualTo(24));
    }

    @Test
    void shouldSayWhenWhichEmotionIsSpoken() throws IOException {
        Corpus voices = Corpus.open(MadeUpVoices.corpus(folder.resolve("voices"), 1));
        StagedCall script = StagedCall.of(voices.clips(), 1).get(1);

        CallAudio call = CallAudio.of(script, 1);

        assertThat(call.utterances())
                .extracting(Utterance::label)
                .containsExactlyElementsOf(
                        script.clips().stream().map(Clip::label).toList());
        float[] heard = call.audio().heard();
        long end = 0;
        for (Utterance utterance : call.utterances()) {
            assertThat(utterance.startMs() - end).isBetween(300L, 2_500L);
            assertThat(power(heard, end, utterance.startMs())).isLessThan(1e-6);
            assertThat(power(heard, utterance.startMs(), utterance.endMs())).isGreaterThan(1e-5);
            end = utterance.endMs();
        }
        assertThat(heard.length / 8.0).isCloseTo(end, within(2_500.0));
        assertThat(new FarEnd(FeatureSpecs.telephone(), LegSettings.DEFAULT).windows(call.audio()))
                .hasSizeGreaterThan(20);
        assertThat(CallAudio.of(script, 1).audio().audio())
                .isEqualTo(call.audio().audio());
    }

    @Test
    void shouldPlayClipsThatCallsShareAsIfEachWereAlone() throws IOException {
        Corpus voices = Corpus.open(MadeUpVoices.corpus(folder.resolve("shared"), 1, 1));
        TelephoneClips clips = new TelephoneClips(7);
        for (StagedCall script : StagedCall.of(voices.clips(), 1)) {
            assertThat(CallAudio.of(script, clips).audio().audio())
                    .isEqualTo(CallAudio.of(script, 7).audio().audio());
        }
        Clip first = voices.clips().get(0);
        assertThat(clips.audioOf(first)).isSameAs(clips.audioOf(first)).hasSizeGreaterThan(8_000);
    }

    private static double power(float[] samples, long fromMs, long toMs) {
        return IntStream.range((int) fromMs * 8, (int) toMs * 8)
                .mapToDouble(i -> samples[i] * samples[i])
                .average()
                .orElse(0);
    }
}
