package io.undertone.training.site;

import static io.undertone.training.site.MadeUpCalls.BEFORE;
import static io.undertone.training.site.MadeUpCalls.LABELS;
import static io.undertone.training.site.MadeUpCalls.LEARNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.undertone.bundle.Persistence;
import io.undertone.bundle.Priors;
import io.undertone.training.corpus.CorpusException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SiteCalibrationTest {
    private static final Map<String, Double> OWN = MadeUpCalls.shares(0.8, 0.05, 0.15);

    @Test
    void shouldFindTheSharesOfUnlabelledCalls() {
        SiteCalibration found = SiteCalibration.of(MadeUpCalls.heard(30, OWN, 1, false), BEFORE, LABELS, false, 1);

        OWN.forEach((label, share) -> assertThat(found.after().priors().read())
                .hasEntrySatisfying(label, is -> assertThat(is).isCloseTo(share, within(0.04))));
        assertThat(found.after().priors().learned()).isEqualTo(LEARNED);
        assertThat(found.after().temperature()).isEqualTo(1);
        assertThat(found.heldOut()).isNull();
        assertThat(found.shareRange().keySet()).isEqualTo(LEARNED.keySet());
    }

    @Test
    void shouldGoPartOfTheWayToTheSharesOfUnlabelledCalls() {
        List<SiteCall> calls = MadeUpCalls.heard(30, OWN, 1, false);
        SiteCalibration none = SiteCalibration.of(calls, BEFORE, LABELS, false, 0);
        SiteCalibration half = SiteCalibration.of(calls, BEFORE, LABELS, false, 0.5);

        LEARNED.forEach((label, share) -> assertThat(none.after().priors().read())
                .hasEntrySatisfying(label, is -> assertThat(is).isCloseTo(share, within(1e-9))));
        // sqrt(0.4 * 0.8), sqrt(0.3 * 0.05) and sqrt(0.3 * 0.15) of their sum.
        assertThat(half.after().priors().read())
                .hasEntrySatisfying("neutral", is -> assertThat(is).isCloseTo(0.627, within(0.03)));
    }

    @Test
    void shouldJudgeHeldOutCallsBetterByTheirOwnShares() {
        SiteCalibration found = SiteCalibration.of(MadeUpCalls.heard(10, OWN, 1, true), BEFORE, LABELS, false, 1);

        SiteCalibration.HeldOut heldOut = Objects.requireNonNull(found.heldOut());
        assertThat(heldOut.after().logLoss()).isLessThan(heldOut.before().logLoss() - 0.05);
        assertThat(found.helps()).isTrue();
    }

    @Test
    void shouldFindTheTemperatureOfLabelledCalls() {
        SiteCalibration found = SiteCalibration.of(MadeUpCalls.heard(16, LEARNED, 0.5, true), BEFORE, LABELS, true, 1);

        assertThat(found.after().temperature()).isCloseTo(0.5, within(0.08));
        SiteCalibration.HeldOut heldOut = Objects.requireNonNull(found.heldOut());
        assertThat(heldOut.after().tally().confusion().total()).isEqualTo(640);
        assertThat(heldOut.after().logLoss()).isLessThan(heldOut.before().logLoss());
        assertThat(heldOut.after().tally().reliability().expectedCalibrationError())
                .isLessThan(heldOut.before().tally().reliability().expectedCalibrationError());
        assertThat(found.helps()).isTrue();
    }

    @Test
    void shouldLeaveTemperaturesThatSuitHeldOutCalls() {
        SiteCalibration found = SiteCalibration.of(MadeUpCalls.heard(4, LEARNED, 1, true), BEFORE, LABELS, true, 1);

        assertThat(found.after().temperature()).isEqualTo(BEFORE.temperature());
    }

    @Test
    void shouldFindTheTemperatureWithinCalls() {
        Readout lasting = new Readout(1, new Persistence(0.001, 1, 1), BEFORE.priors());

        // After a thousandth of a second nothing of the windows before counts; both temperatures blend, and here the
        // bundle's rules.
        SiteCalibration found = SiteCalibration.of(MadeUpCalls.heard(10, LEARNED, 0.5, true), lasting, LABELS, true, 1);

        assertThat(found.after().temperature()).isCloseTo(0.5, within(0.1));
        assertThat(found.after().persistence().dwellSeconds()).isEqualTo(0.001);
    }

    @Test
    void shouldTakeUpCountedSharesWhereTheyHelp() {
        SiteCalibration found = SiteCalibration.of(MadeUpCalls.heard(10, OWN, 1, true), BEFORE, LABELS, true, 1);

        OWN.forEach((label, share) -> assertThat(found.after().priors().read())
                .hasEntrySatisfying(label, is -> assertThat(is).isCloseTo(share, within(0.06))));
        assertThat(found.helps()).isTrue();
    }

    @Test
    void shouldLeaveSharesAloneWhereTheBundleDoesNotSayWhatItLearned() {
        Readout silent = new Readout(1, Persistence.NONE, Priors.NONE);

        assertThat(SiteCalibration.of(MadeUpCalls.heard(10, OWN, 1, true), silent, LABELS, true, 1)
                        .after()
                        .priors()
                        .absent())
                .isTrue();
        assertThatThrownBy(() -> SiteCalibration.of(MadeUpCalls.heard(10, OWN, 1, false), silent, LABELS, false, 1))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("what it learned");
    }

    @Test
    void shouldFindFromWhichConfidenceALabelIsToBeBelieved() {
        SiteCalibration found = SiteCalibration.of(MadeUpCalls.heard(16, LEARNED, 1, true), BEFORE, LABELS, true, 1);

        SiteCalibration.Threshold angry =
                Objects.requireNonNull(found.thresholds().get("angry"));
        assertThat(angry.fitted().precision()).isGreaterThanOrEqualTo(AlertThreshold.PRECISION);
        // The lowest at which 8 of 10 are right: of all that are called angry, fewer are.
        AlertThreshold lower = AlertThreshold.at(
                ReadoutFit.windows(MadeUpCalls.heard(16, LEARNED, 1, true), call -> call.judged(found.after())),
                "angry",
                angry.fitted().confidence() - 0.05);
        assertThat(lower.precision()).isLessThan(AlertThreshold.PRECISION);
        assertThat(angry.heldOutAfter().borne()).isEqualTo(angry.fitted().borne());
        assertThat(angry.heldOutAfter().precision()).isCloseTo(angry.fitted().precision(), within(0.08));
    }

    @Test
    void shouldSayWhatIsTooLittle() {
        assertThatThrownBy(() -> SiteCalibration.of(MadeUpCalls.heard(1, OWN, 1, true), BEFORE, LABELS, true, 1))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("at least 2 calls");
        assertThatThrownBy(() -> SiteCalibration.of(MadeUpCalls.heard(3, OWN, 1, false), BEFORE, LABELS, true, 1))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("at least 40 labelled windows")
                .hasMessageContaining("labelled windows=0");
        assertThatThrownBy(() -> SiteCalibration.of(MadeUpCalls.heard(2, OWN, 1, false), BEFORE, LABELS, false, 1))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("at least 100 windows with speech")
                .hasMessageContaining("windows with speech=80");
    }

    @Test
    void shouldReadEventsUnderAnotherTemperatureAsTheVoteWould() {
        SiteCall heard = MadeUpCalls.heard(1, LEARNED, 1, true).get(0);
        SiteCall events = new EventSiteCall("call", heard.judged(BEFORE), BEFORE);
        Readout other = BEFORE.withTemperatures(1.7, 1.7);
        Readout shifted = other.withShares(OWN);

        for (Readout readout : List.of(BEFORE, other, shifted)) {
            List<SiteWindow> exact = heard.judged(readout);
            List<SiteWindow> again = events.judged(readout);
            assertThat(again).hasSameSizeAs(exact);
            for (int i = 0; i < exact.size(); i++) {
                for (String label : LABELS) {
                    assertThat(again.get(i).probability(label))
                            .isCloseTo(exact.get(i).probability(label), within(1e-4));
                }
                assertThat(again.get(i).said()).isEqualTo(exact.get(i).said());
            }
        }
    }
}
