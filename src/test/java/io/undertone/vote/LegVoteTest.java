package io.undertone.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.undertone.bundle.Persistence;
import io.undertone.bundle.VoiceBaseline;
import io.undertone.vote.LegVote.Judgement;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LegVoteTest {
    private static final List<String> LABELS = List.of("calm", "angry");
    private static final Opinion CALM = both(0.8f, 0.2f);
    private static final Opinion RATHER_ANGRY = both(0.4f, 0.6f);

    private final LegVote vote = vote(new Persistence(5, 1, 1));

    private static LegVote vote(Persistence persistence) {
        return new LegVote(new MajorityVote(List.of("cnn-1", "xgboost"), LABELS, 1), persistence);
    }

    private static Opinion both(float calm, float angry) {
        return Opinion.of(new float[][] {{calm, angry}, {calm, angry}});
    }

    private static Belief after(LegVote vote, Opinion opinion, long endMs) {
        return vote.judge(opinion, Belief.NONE, endMs).belief();
    }

    @Test
    void shouldJudgeTheFirstWindowByItself() {
        Judgement first = vote.judge(CALM, Belief.NONE, 3_000);

        assertThat(first.verdict()).isEqualTo(first.alone());
        assertThat(first.verdict().confidence()).isCloseTo(0.8, within(1e-7));
        assertThat(first.belief().probability(0)).isCloseTo(0.8f, within(1e-6f));
        assertThat(first.belief().atMs()).isEqualTo(3_000);
    }

    /** The example of the class: r = exp(-1/5) = 0.8187; prior 0.8187 x 0.8 + 0.0906 = 0.7456; 0.4 x 0.7456 to 0.6 x 0.2544. */
    @Test
    void shouldHeedWhatWasHeardBefore() {
        Judgement second = vote.judge(RATHER_ANGRY, after(vote, CALM, 3_000), 4_000);

        assertThat(second.alone().label()).isEqualTo("angry");
        assertThat(second.verdict().label()).isEqualTo("calm");
        assertThat(second.verdict().agreement()).isEqualTo(1);
        assertThat(second.verdict().confidence()).isCloseTo(0.6615, within(1e-4));
        assertThat(second.verdict().votes())
                .allSatisfy(v -> assertThat(v.confidence()).isCloseTo(0.6615, within(1e-4)));
        assertThat(second.belief().probability(0)).isCloseTo(0.6615f, within(1e-4f));
    }

    @Test
    void shouldForgetOverALongSilence() {
        Judgement later = vote.judge(RATHER_ANGRY, after(vote, CALM, 3_000), 123_000);

        assertThat(later.verdict().label()).isEqualTo("angry");
        assertThat(later.verdict().confidence()).isCloseTo(0.6, within(1e-6));
    }

    @Test
    void shouldFollowAnEmotionThatLasts() {
        Belief belief = Belief.NONE;
        for (int second = 3; second < 20; second++) {
            belief = vote.judge(CALM, belief, second * 1_000L).belief();
        }
        int windows = 0;
        String label = "calm";
        while (label.equals("calm") && windows < 10) {
            Judgement judgement = vote.judge(RATHER_ANGRY, belief, (20 + windows) * 1_000L);
            belief = judgement.belief();
            label = judgement.verdict().label();
            windows++;
        }
        assertThat(windows).isBetween(2, 6);
    }

    @Test
    void shouldJudgeEachWindowByItselfWhereToldSo() {
        LegVote forgetful = vote(Persistence.NONE);
        Belief before = after(forgetful, CALM, 3_000);

        assertThat(before).isEqualTo(Belief.NONE);
        assertThat(forgetful.judge(RATHER_ANGRY, before, 4_000).verdict().label())
                .isEqualTo("angry");
    }

    /** Windows that end at the same moment, as only another program's could: nothing fades between them. */
    @Test
    void shouldHoldNoLabelToBeOutOfTheQuestion() {
        Belief belief = Belief.NONE;
        for (int window = 0; window < 60; window++) {
            belief = vote.judge(both(1, 0), belief, 3_000).belief();
        }

        Judgement judgement = vote.judge(both(0, 1), belief, 3_000);

        assertThat(judgement.verdict().label()).isEqualTo("angry");
        assertThat(judgement.verdict().confidence()).isBetween(0.5, 1.0);
        assertThat(judgement.verdict().votes())
                .allSatisfy(v -> assertThat(v.confidence()).isBetween(0.5, 1.0));
    }

    /** A leg that began anew after its state was lost counts its time from its beginning again. */
    @Test
    void shouldNotHeedWhatIsSaidToComeLater() {
        Judgement judgement = vote.judge(RATHER_ANGRY, after(vote, CALM, 600_000), 3_000);

        assertThat(judgement.verdict()).isEqualTo(judgement.alone());
        assertThat(judgement.belief()).isEqualTo(after(vote, RATHER_ANGRY, 3_000));
    }

    /** 0.6615 and 0.3385 at temperature 2 ^ 0.8187 = 1.764: 0.6615 ^ 0.567 to 0.3385 ^ 0.567; at 1 after a long silence. */
    @Test
    void shouldHaveATemperatureOfItsOwnInTheLightOfACall() {
        LegVote cautious = vote(new Persistence(5, 1, 2));
        Belief calm = after(cautious, CALM, 3_000);

        Judgement second = cautious.judge(RATHER_ANGRY, calm, 4_000);
        Judgement later = cautious.judge(RATHER_ANGRY, calm, 123_000);

        assertThat(second.verdict().confidence()).isCloseTo(0.5939, within(1e-4));
        assertThat(second.alone().confidence()).isCloseTo(0.6, within(1e-6));
        assertThat(later.verdict().confidence()).isCloseTo(0.6, within(1e-6));
    }

    @Test
    void shouldNotHeedWhatAnotherBundleBelieved() {
        LegVote other = new LegVote(
                new MajorityVote(List.of("cnn-1", "xgboost"), List.of("angry", "calm"), 1), new Persistence(5, 1, 1));

        Judgement judgement = vote.judge(RATHER_ANGRY, after(other, CALM, 3_000), 4_000);

        assertThat(judgement.verdict()).isEqualTo(judgement.alone());
        assertThat(judgement.belief().isOf(LABELS.hashCode(), LABELS.size())).isTrue();
    }

    @Test
    void shouldGoOnWithoutAVoterThatFailed() {
        Opinion one = Opinion.of(new float[][] {{0.4f, 0.6f}, {}});

        Judgement judgement = vote.judge(one, after(vote, CALM, 3_000), 4_000);

        assertThat(judgement.verdict().missing()).containsExactly("xgboost");
        assertThat(judgement.verdict().confidence()).isCloseTo(0.6615, within(1e-4));
        assertThat(judgement.belief().probability(0)).isCloseTo(0.6615f, within(1e-4f));
    }

    @Test
    void shouldKeepABeliefInBytes() throws IOException {
        Belief belief = after(vote, CALM, 3_000);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        belief.write(new DataOutputStream(bytes));

        assertThat(Belief.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isEqualTo(belief);
    }

    @Test
    void shouldRefuseTimesAndWeightsOutOfBounds() {
        assertThatThrownBy(() -> new Persistence(-1, 1, 1)).hasMessageContaining("dwellSeconds=-1");
        assertThatThrownBy(() -> new Persistence(Double.NaN, 1, 1)).hasMessageContaining("dwellSeconds=NaN");
        assertThatThrownBy(() -> new Persistence(5, 0, 1)).hasMessageContaining("evidence=0");
        assertThatThrownBy(() -> new Persistence(5, 1, 0)).hasMessageContaining("temperature=0");
        assertThatThrownBy(() -> new Persistence(5, 1, Double.NaN)).hasMessageContaining("temperature=NaN");
    }

    private static final VoiceBaseline BASELINE = new VoiceBaseline(10, 1, 5, Map.of("calm", 0.9, "angry", 0.1));

    /** A voice that sounds angry whatever it says is believed less and less; one that was calm is angry at once. */
    @Test
    void shouldAllowForAVoiceThatAlwaysSoundsAngry() {
        LegVote allowing = vote(new Persistence(5, 0.3, 1).withVoiceBaseline(BASELINE));
        Belief angryVoice = Belief.NONE;
        Belief calmVoice = Belief.NONE;
        Judgement last = null;
        for (int second = 3; second < 40; second++) {
            last = allowing.judge(RATHER_ANGRY, angryVoice, second * 1_000L);
            angryVoice = last.belief();
            calmVoice = allowing.judge(CALM, calmVoice, second * 1_000L).belief();
        }
        Opinion angry = both(0.1f, 0.9f);

        assertThat(last.verdict().label()).isEqualTo("calm");
        assertThat(last.alone().label()).as("each window by itself").isEqualTo("angry");
        double ofAngryVoice = angerAt(allowing.judge(angry, angryVoice, 60_000));
        double ofCalmVoice = angerAt(allowing.judge(angry, calmVoice, 60_000));
        assertThat(ofCalmVoice).isGreaterThan(ofAngryVoice + 0.1);
    }

    private static double angerAt(Judgement judgement) {
        double confidence = judgement.verdict().confidence();
        return judgement.verdict().label().equals("angry") ? confidence : 1 - confidence;
    }

    @Test
    void shouldReadBeliefsWithAVoiceAndThoseOfEarlierReleasesWithoutOne() throws IOException {
        LegVote allowing = vote(new Persistence(5, 0.3, 1).withVoiceBaseline(BASELINE));
        Belief belief = after(allowing, CALM, 3_000);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        belief.write(new DataOutputStream(bytes));

        assertThat(Belief.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isEqualTo(belief);
        assertThat(belief.voice().windows()).isEqualTo(1);
        Belief earlier = Belief.readWithoutVoice(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(earlier.atMs()).isEqualTo(3_000);
        assertThat(earlier.voice()).isEqualTo(Voice.NONE);
    }
}
