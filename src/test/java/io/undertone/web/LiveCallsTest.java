package io.undertone.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.CallSummary;
import io.undertone.Role;
import io.undertone.ingest.LegId;
import io.undertone.web.LiveCalls.Limits;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LiveCallsTest {
    private static final long START = 1_700_000_000_000L;
    private static final int ALL = Integer.MAX_VALUE;

    private final AtomicLong now = new AtomicLong(START);
    private final LiveCalls calls = new LiveCalls(new Limits(3, 5, 8, 60_000, 600_000), now::get);

    @Test
    void shouldTellWhatCameAfterTheVersionThatAPageKnows() {
        calls.add(Speech.event("a", START, 0, "calm"));
        Changes first = calls.changesSince(-1, ALL);
        assertThat(first.whole()).isTrue();
        assertThat(first.legs()).hasSize(1);

        calls.add(Speech.event("a", START, 1, "calm"));
        calls.add(Speech.event("b", START, 0, "angry"));
        calls.add(Speech.event("b", START, 1, "angry"));
        Changes next = calls.changesSince(first.version(), ALL);
        assertThat(next.whole()).isFalse();
        assertThat(next.legs()).extracting(leg -> leg.windows().size()).containsExactlyInAnyOrder(1, 2);
        assertThat(calls.changesSince(next.version(), ALL).isEmpty()).isTrue();
    }

    @Test
    void shouldGiveEverythingToAPageOfAnotherProcess() {
        calls.add(Speech.event("a", START, 0, "calm"));
        assertThat(calls.changesSince(99, ALL).whole()).isTrue();
    }

    @Test
    void shouldLetLegsGoThatHaveEndedBeforeThoseThatLive() {
        calls.add(Speech.event("a", START, 0, "calm"));
        calls.add(Speech.event("b", START, 0, "calm"));
        calls.add(Speech.summary("b", START, 4_000));
        calls.add(Speech.event("c", START, 0, "calm"));
        calls.add(Speech.event("d", START, 0, "calm"));
        assertThat(calls.call("a")).hasSize(1);
        assertThat(calls.call("b")).isEmpty();
        assertThat(calls.liveForgotten()).isZero();

        calls.add(Speech.event("e", START, 0, "calm"));
        assertThat(calls.live()).isEqualTo(3);
        assertThat(calls.liveForgotten()).isEqualTo(1);
    }

    @Test
    void shouldShowOnlyTheNewestWindowsThatFit() {
        for (int i = 0; i < 4; i++) {
            calls.add(Speech.event("a", START, i, "calm"));
        }
        assertThat(calls.changesSince(-1, 2).legs().get(0).windows())
                .extracting(window -> window.index)
                .containsExactly(2, 3);
    }

    @Test
    void shouldPassOverEventsThatItHasSeen() {
        calls.add(Speech.event("a", START, 0, "calm"));
        calls.add(Speech.event("a", START, 1, "calm"));
        long version = calls.version();
        calls.add(Speech.event("a", START, 0, "calm"));
        calls.add(Speech.event("a", START, 1, "calm"));
        assertThat(calls.version()).isEqualTo(version);
    }

    @Test
    void shouldMeasureHowLongALabelStandsFromTheStartOfItsFirstWindow() {
        calls.add(Speech.event("a", START, 0, "calm"));
        calls.add(Speech.event("a", START, 1, "angry"));
        assertThat(leg("a").runMs()).isEqualTo(3_000);
        calls.add(Speech.event("a", START, 2, "angry"));
        calls.add(Speech.event("a", START, 5, "angry"));
        // From 1 s, where the first angry window begins, to 8 s, where the last one ends.
        assertThat(leg("a").runMs()).isEqualTo(7_000);
        calls.add(Speech.event("a", START, 30, "angry"));
        assertThat(leg("a").runMs()).as("after a pause of 22 s").isEqualTo(3_000);
    }

    @Test
    void shouldFindCallsByLabelTimeAndName() {
        for (int i = 0; i < 4; i++) {
            calls.add(Speech.event("Anna", START, i, "angry"));
        }
        calls.add(Speech.event("bob", START, 0, "angry"));
        calls.add(Speech.event("carl", START, 0, "sad"));
        calls.add(Speech.summary("carl", START, 3_000));
        assertThat(found(new CallFilter("", "angry", 0, null, null))).containsExactlyInAnyOrder("Anna", "bob");
        assertThat(found(new CallFilter("", "angry", 5, null, null))).containsExactly("Anna");
        assertThat(found(new CallFilter("", "angry", 6, null, null)))
                .as("more than 6 s, not 6 s")
                .isEmpty();
        assertThat(found(new CallFilter("ANN", null, 0, null, null))).containsExactly("Anna");
        assertThat(found(new CallFilter("", null, 0, null, true))).containsExactlyInAnyOrder("Anna", "bob");
        assertThat(found(new CallFilter("", null, 0, null, false))).containsExactly("carl");
    }

    @Test
    void shouldKnowOfACallWhatItsNewestRecordWithAnythingSays() {
        calls.add(Speech.event("a", START, 0, "calm"));
        assertThat(leg("a").attributes()).isEmpty();
        calls.add(Speech.known(Speech.event("a", START, 1, "calm"), Map.of("queue", "Billing", "agent", "a-17")));
        calls.add(Speech.event("a", START, 2, "calm"));
        assertThat(leg("a").attributes()).containsEntry("queue", "Billing").hasSize(2);
        calls.add(Speech.event("b", START, 0, "calm"));
        assertThat(found(new CallFilter("billing", null, 0, null, null))).containsExactly("a");
        assertThat(found(new CallFilter("queue", null, 0, null, null)))
                .as("by values, not by names")
                .isEmpty();
        calls.add(CallSummary.newBuilder(Speech.summary("b", START, 3_000))
                .setAttributes(Map.of("queue", "sales"))
                .build());
        assertThat(leg("b").attributes()).containsOnly(Map.entry("queue", "sales"));
    }

    @Test
    void shouldTakeEventsThatAreReadAfterTheirSummary() {
        calls.add(Speech.event("a", START, 0, "calm"));
        calls.add(Speech.summary("a", START, 5_000));
        calls.add(Speech.event("a", START, 1, "calm"));
        assertThat(leg("a").ended()).isTrue();
        assertThat(calls.windows(new LegId("a", Role.CUSTOMER))).hasSize(2);
    }

    @Test
    void shouldBeginAnewWhereACallIdIsUsedAgain() {
        calls.add(Speech.event("a", START, 0, "calm"));
        calls.add(Speech.summary("a", START, 3_000));
        long first = leg("a").number();
        long later = START + 60_000;
        calls.add(Speech.event("a", later, 0, "angry"));
        assertThat(leg("a").number()).isNotEqualTo(first);
        assertThat(leg("a").ended()).isFalse();
        assertThat(calls.changesSince(2, ALL).removed())
                .extracting(Changes.Removed::number)
                .containsExactly(first);
        calls.add(Speech.summary("a", START, 3_000));
        assertThat(leg("a").ended())
                .as("by the first leg's summary, read again")
                .isFalse();
        calls.add(Speech.event("a", later + 90_000, 0, "sad"));
        assertThat(leg("a").startedAtMs()).as("without a summary in between").isEqualTo(later + 90_000);
    }

    @Test
    void shouldForgetTheOldestBeyondItsLimits() {
        for (int i = 0; i < 7; i++) {
            calls.add(Speech.event("a", START, i, "calm"));
        }
        assertThat(calls.windows(new LegId("a", Role.CUSTOMER)))
                .extracting(window -> window.index)
                .containsExactly(2, 3, 4, 5, 6);
        for (int i = 0; i < 5; i++) {
            calls.add(Speech.event("b", START, i, "calm"));
        }
        assertThat(calls.windowsKept()).isEqualTo(8);
        assertThat(calls.windows(new LegId("a", Role.CUSTOMER))).hasSize(3);
        calls.add(Speech.event("c", START, 0, "calm"));
        calls.add(Speech.event("d", START, 0, "calm"));
        assertThat(calls.call("a")).as("heard least recently").isEmpty();
        assertThat(calls.legs(CallFilter.ALL)).hasSize(3);
    }

    @Test
    void shouldForgetCallsSomeTimeAfterTheirEndAndSilentOnesLater() {
        calls.add(Speech.event("silent", START, 0, "calm"));
        calls.add(Speech.summary("ended", START, 3_000));
        now.set(START + 3_300 + 60_000);
        calls.prune();
        assertThat(calls.legs(CallFilter.ALL)).hasSize(2);
        now.addAndGet(1);
        calls.prune();
        assertThat(found(CallFilter.ALL)).containsExactly("silent");
        now.addAndGet(600_000);
        calls.prune();
        assertThat(calls.legs(CallFilter.ALL)).isEmpty();
        assertThat(calls.windowsKept()).isZero();
    }

    @Test
    void shouldKeepAlertsAndConversationsOfTheLegThatTheyAreOfWhicheverComesFirst() {
        calls.add(Speech.alert("a", START, 1));
        calls.add(Speech.conversation("a", START));
        calls.add(Speech.event("a", START, 0, "angry"));
        calls.add(Speech.event("b", START, 0, "angry"));
        long version = calls.version();
        calls.add(Speech.alert("b", START, 1));
        calls.add(Speech.conversation("b", START));
        for (String call : List.of("a", "b")) {
            assertThat(leg(call).alerts()).containsExactly(Speech.alert(call, START, 1));
            assertThat(leg(call).conversation()).isEqualTo(Speech.conversation(call, START));
        }
        assertThat(calls.changesSince(version, ALL).legs())
                .extracting(LegView::key)
                .containsExactly(leg("b").key());

        long known = calls.version();
        calls.add(Speech.alert("b", START, 1));
        calls.add(Speech.conversation("b", START));
        assertThat(calls.version()).as("those that were here before").isEqualTo(known);
        long later = START + 600_000;
        calls.add(Speech.event("c", later, 0, "calm"));
        calls.add(Speech.alert("c", START, 1));
        calls.add(Speech.conversation("c", START));
        assertThat(leg("c").alerts()).as("of an earlier call with the same id").isEmpty();
        assertThat(leg("c").conversation()).isNull();
    }

    @Test
    void shouldKeepTheNewestAlertsOnly() {
        calls.add(Speech.event("a", START, 0, "angry"));
        for (int i = 0; i < SeenLeg.ALERTS_MAX + 2; i++) {
            calls.add(Speech.alert("a", START, i));
        }
        assertThat(leg("a").alerts())
                .hasSize(SeenLeg.ALERTS_MAX)
                .startsWith(Speech.alert("a", START, 2))
                .endsWith(Speech.alert("a", START, SeenLeg.ALERTS_MAX + 1));
    }

    @Test
    void shouldKeepEachEventWhole() {
        calls.add(Speech.event("a", START, 4, "happy"));
        assertThat(calls.windows(new LegId("a", Role.CUSTOMER)).get(0).event())
                .isEqualTo(Speech.event("a", START, 4, "happy"));
    }

    private LegView leg(String callId) {
        return calls.call(callId).get(0);
    }

    private java.util.List<String> found(CallFilter filter) {
        return calls.legs(filter).stream().map(leg -> leg.key().callId()).toList();
    }
}
