package io.undertone.training.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.training.corpus.Clip;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MixedCallsTest {
    @Test
    void shouldStageOrdinarySpeechAndOneStretchOfEachEmotion() {
        List<StagedCall> calls = MixedCalls.of(clips("neutral", "neutral", "neutral", "angry", "sad"), 1);
        assertThat(calls)
                .extracting(StagedCall::name)
                .containsExactlyInAnyOrder(
                        "mixed/made-up/one/ordinary", "mixed/made-up/one/angry", "mixed/made-up/one/sad");
        assertThat(calls).allSatisfy(call -> {
            assertThat(call.episode()).isEqualTo(StagedCall.MIXED);
            assertThat(call.clips()).hasSize(22);
        });
        StagedCall angry = calls.stream()
                .filter(call -> call.name().endsWith("angry"))
                .findFirst()
                .orElseThrow();
        assertThat(IntStream.range(0, 22).mapToObj(i -> angry.clips().get(i).label()))
                .allMatch(List.of("neutral", "angry")::contains)
                .filteredOn("angry"::equals)
                .hasSize(6);
        assertThat(angry.clips().subList(8, 14)).extracting(Clip::label).containsOnly("angry");
        assertThat(MixedCalls.of(clips("neutral", "neutral", "neutral", "angry", "sad"), 1))
                .isEqualTo(calls);
    }

    @Test
    void shouldStageNothingOfSpeakersWithTooLittleOrdinarySpeech() {
        assertThat(MixedCalls.of(clips("neutral", "neutral", "angry", "angry"), 1))
                .isEmpty();
    }

    @Test
    void shouldStageOneStretchOfAnEmotionForEachSpeakerWhoIsHeardInIt() {
        List<StagedCall> calls =
                MixedCalls.withStretchOf("angry", clips("neutral", "neutral", "neutral", "angry", "sad"), 1);
        assertThat(calls).hasSize(1).allSatisfy(call -> {
            assertThat(call.name()).isEqualTo("mixed/made-up/one/angry");
            assertThat(call.clips()).hasSize(22);
            assertThat(call.clips().subList(8, 14)).extracting(Clip::label).containsOnly("angry");
        });
        assertThat(MixedCalls.withStretchOf("happy", clips("neutral", "neutral", "neutral", "angry"), 1))
                .isEmpty();
    }

    private static List<Clip> clips(String... labels) {
        return IntStream.range(0, labels.length)
                .mapToObj(i -> new Clip("made-up", Path.of(i + ".wav"), "one", labels[i]))
                .toList();
    }
}
