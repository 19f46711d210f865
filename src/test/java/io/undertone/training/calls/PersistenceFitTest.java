package io.undertone.training.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.bundle.Persistence;
import io.undertone.training.calls.CallOpinions.Said;
import io.undertone.training.calls.StagedOpinions.Call;
import io.undertone.training.corpus.Clip;
import io.undertone.vote.Opinion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PersistenceFitTest {
    private static final List<String> LABELS = List.of("calm", "sad", "angry");

    /** Calls of windows each second, two an utterance; voters know this share of them and guess the others. */
    private static StagedOpinions calls(double known, int... episodes) {
        Random random = new Random(1);
        List<Call> calls = new ArrayList<>();
        for (int episode : episodes) {
            for (int speaker = 0; speaker < 20; speaker++) {
                calls.add(call(episode, known, random));
            }
        }
        return new StagedOpinions(calls);
    }

    private static Call call(int episode, double known, Random random) {
        List<Said> windows = new ArrayList<>();
        for (int second = 0; second < 96; second++) {
            int label = second / 2 / episode % LABELS.size();
            int heard = random.nextDouble() < known ? label : random.nextInt(LABELS.size());
            float[] row = {0.2f, 0.2f, 0.2f};
            row[heard] = 0.6f;
            windows.add(new Said(second * 1_000L, label, Opinion.of(new float[][] {row, row})));
        }
        List<Clip> clips = List.of(new Clip("made-up", Path.of("a.wav"), "one", "calm"));
        return new Call(new StagedCall("one/" + episode, episode, clips), new CallOpinions(windows));
    }

    @Test
    void shouldHeedThePastWhereEmotionsLast() {
        StagedOpinions staged = calls(0.4, 8, 16);

        Persistence fitted = PersistenceFit.fit(staged, LABELS, 1, null);

        assertThat(fitted.usesEarlierWindows()).isTrue();
        assertThat(staged.judge(16, LABELS, fitted, 1).confusion().uar())
                .isGreaterThan(staged.judge(16, LABELS, Persistence.NONE, 1)
                                .confusion()
                                .uar()
                        + 0.1);
    }

    /** Voters give 0.6 to what they hear, and hear rightly in six windows of ten. */
    @Test
    void shouldMakeConfidencesMeanWhatTheySay() {
        StagedOpinions staged = calls(0.4, 2, 4, 8, 16);

        Persistence fitted = PersistenceFit.fit(staged, LABELS, 1, null);

        assertThat(error(staged, fitted))
                .isLessThan(error(staged, fitted.withTemperature(fitted.temperature() * 2)))
                .isLessThan(error(staged, fitted.withTemperature(fitted.temperature() / 2)));
    }

    private static double error(StagedOpinions staged, Persistence persistence) {
        return StagedCall.EPISODES.stream()
                .filter(episode -> episode > 1)
                .mapToDouble(episode -> staged.judge(episode, LABELS, persistence, 1)
                        .reliability()
                        .expectedCalibrationError())
                .average()
                .orElseThrow();
    }

    @Test
    void shouldJudgeByThemselvesVoicesThatAreAlwaysUnderstood() {
        assertThat(PersistenceFit.fit(calls(1, 2, 4, 8, 16), LABELS, 1, null)).isEqualTo(Persistence.NONE);
    }

    @Test
    void shouldGiveCallsThatChangeAllTheTimeNoSay() {
        assertThat(PersistenceFit.fit(calls(0.4, 1), LABELS, 1, null)).isEqualTo(Persistence.NONE);
    }

    @Test
    void shouldCountOnlyWindowsOfWhichTheEmotionIsKnown() {
        Opinion calm = Opinion.of(new float[][] {{0.8f, 0.1f, 0.1f}});
        CallOpinions call = new CallOpinions(List.of(new Said(3_000, 0, calm), new Said(4_000, -1, calm)));

        assertThat(call.judge(LABELS, Persistence.NONE, 1).confusion().total()).isEqualTo(1);
        assertThat(new CallOpinions(List.of())
                        .judge(LABELS, Persistence.NONE, 1)
                        .confusion()
                        .total())
                .isZero();
    }
}
