package io.undertone.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.web.LiveCalls.Limits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LiveCallsPropertyTest {
    private static final long START = 1_700_000_000_000L;

    /** Each number is one step: which of five calls, and what happens to it. */
    @Property(tries = 200)
    void shouldLeadEveryPageToTheSameStateHoweverRarelyItAsks(
            @ForAll @Size(min = 1, max = 120) List<@IntRange(min = 0, max = 99) Integer> steps,
            @ForAll @IntRange(min = 1, max = 20) int asksEvery) {
        long[] now = {START};
        LiveCalls calls = new LiveCalls(new Limits(4, 6, 15, 20_000, 60_000), () -> now[0]);
        Page page = new Page();
        int[] next = new int[5];
        long[] begun = {START, START, START, START, START};
        for (int i = 0; i < steps.size(); i++) {
            int call = steps.get(i) % 5, kind = steps.get(i) / 5;
            now[0] += 1_000;
            if (kind == 0) {
                calls.add(Speech.summary("call-" + call, begun[call], 3_000 + 1_000L * next[call]));
                begun[call] = now[0] + 10_000;
                next[call] = 0;
            } else if (kind == 1) {
                calls.prune();
            } else {
                calls.add(Speech.event("call-" + call, begun[call], next[call]++, Speech.LABELS.get(kind % 8)));
            }
            if (i % asksEvery == 0) {
                page.take(calls.changesSince(page.version, Integer.MAX_VALUE));
            }
            assertThat(calls.windowsKept()).isLessThanOrEqualTo(15);
            assertThat(calls.legs(CallFilter.ALL)).hasSizeLessThanOrEqualTo(4);
        }
        page.take(calls.changesSince(page.version, Integer.MAX_VALUE));
        assertThat(page.legs()).isEqualTo(legs(calls.changesSince(-1, 0)));
    }

    private static Map<Long, String> legs(Changes changes) {
        return changes.legs().stream()
                .collect(Collectors.toMap(LegView::number, LiveCallsPropertyTest::text, (a, b) -> a, TreeMap::new));
    }

    private static String text(LegView leg) {
        return leg.key() + " " + leg.durationMs() + " " + leg.runMs() + " " + leg.ended();
    }

    /** What a page does with what it is told. */
    private static final class Page {
        private final Map<Long, String> known = new HashMap<>();
        private long version = -1;

        void take(Changes changes) {
            if (changes.whole()) {
                known.clear();
            }
            changes.removed().forEach(leg -> known.remove(leg.number()));
            known.putAll(LiveCallsPropertyTest.legs(changes));
            version = changes.version();
        }

        Map<Long, String> legs() {
            return new TreeMap<>(known);
        }
    }
}
