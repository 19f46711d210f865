package io.undertone.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.web.LiveCalls.Limits;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamHubTest {
    private static final long START = 1_700_000_000_000L;

    private final AtomicLong now = new AtomicLong(START);
    private final LiveCalls calls = new LiveCalls(new Limits(10, 100, 1_000, 60_000, 600_000), now::get);
    private final StreamHub hub = new StreamHub(calls, now::get, "epoch");

    @AfterEach
    void close() {
        hub.close();
    }

    /** A page whose network is slow gets what it missed in one message, and holds up no other. */
    @Test
    void shouldGiveASlowPageFewerLargerMessages() {
        hub.start();
        calls.add(Speech.event("a", START, 0, "calm"));
        FakePage slow = open("");
        FakePage quick = open("");
        await(() -> slow.writes.size() == 1 && quick.writes.size() == 1);
        for (int i = 1; i <= 3; i++) {
            quick.receive(i - 1);
            calls.add(Speech.event("a", START, i, "calm"));
            int messages = i + 1;
            await(() -> quick.writes.size() == messages);
        }
        assertThat(slow.writes).hasSize(1);

        slow.receive(0);
        await(() -> slow.writes.size() == 2);

        assertThat(slow.text(0)).startsWith("event: state\n");
        assertThat(slow.text(1)).startsWith("event: change\n").contains(lastId(quick));
        assertThat(quick.text(3)).hasSizeLessThan(slow.text(1).length());
    }

    @Test
    void shouldGoOnWhereAPageOfThisProcessStopped() {
        calls.add(Speech.event("a", START, 0, "calm"));
        FakePage first = open("");
        await(() -> first.writes.size() == 1);
        calls.add(Speech.event("b", START, 0, "angry"));

        FakePage again = open(lastId(first).substring("id: ".length()));
        FakePage ofAnotherProcess = open("other-1");
        FakePage nonsense = open("epoch-x");
        await(() -> again.writes.size() == 1 && ofAnotherProcess.writes.size() == 1 && nonsense.writes.size() == 1);

        assertThat(again.text(0)).startsWith("event: change\n");
        assertThat(ofAnotherProcess.text(0)).startsWith("event: state\n");
        assertThat(nonsense.text(0)).startsWith("event: state\n");
    }

    @Test
    void shouldShowThatItIsStillThereWhereNothingChanges() {
        calls.add(Speech.event("a", START, 0, "calm"));
        FakePage page = open("");
        await(() -> page.writes.size() == 1);
        page.receive(0);

        now.addAndGet(10_000);
        hub.start();
        await(() -> page.writes.size() == 2);

        assertThat(page.text(1)).isEqualTo(": still here\n\n");
    }

    @Test
    void shouldTurnAwayPagesBeyondItsMostAndForgetThoseThatLeave() {
        FakePage first = open("");
        for (int i = 1; i < StreamHub.SUBSCRIBERS_MAX; i++) {
            open("");
        }
        FakePage tooMany = open("");
        assertThat(tooMany.status).isEqualTo(503);
        assertThat(hub.size()).isEqualTo(StreamHub.SUBSCRIBERS_MAX);

        first.lose();

        assertThat(hub.size()).isEqualTo(StreamHub.SUBSCRIBERS_MAX - 1);
        assertThat(open("").status).isEqualTo(200);
    }

    @Test
    void shouldEndStreamsAndThoseThatComeLater() {
        FakePage before = open("");
        hub.close();
        FakePage after = open("");

        for (FakePage page : new FakePage[] {before, after}) {
            assertThat(page.writes.get(page.writes.size() - 1).last()).isTrue();
        }
        assertThat(hub.size()).isZero();
    }

    private FakePage open(String lastEventId) {
        FakePage page = new FakePage(lastEventId);
        hub.open(page.exchange());
        return page;
    }

    private static String lastId(FakePage page) {
        return page.text(page.writes.size() - 1)
                .lines()
                .filter(line -> line.startsWith("id: "))
                .findFirst()
                .orElseThrow();
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
    }
}
