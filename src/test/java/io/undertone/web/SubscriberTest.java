package io.undertone.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscriberTest {
    private final FakePage page = new FakePage();
    private final List<Subscriber> gone = new ArrayList<>();
    private final Subscriber subscriber = new Subscriber(page.response(), page.callback(), -1, gone::add);

    @Test
    void shouldHaveOneMessageOnItsWayAtMost() {
        subscriber.send(bytes("one"));
        subscriber.send(bytes("two"));
        assertThat(subscriber.isBusy()).isTrue();
        assertThat(page.writes).extracting(FakePage.Write::text).containsExactly("one");

        page.receive(0);
        assertThat(subscriber.isBusy()).isFalse();
        subscriber.send(bytes("three"));
        assertThat(page.writes).extracting(FakePage.Write::text).containsExactly("one", "three");
    }

    @Test
    void shouldBeGoneOnceAMessageDoesNotArrive() {
        subscriber.send(bytes("one"));
        page.writes.get(0).callback().failed(new IOException("broken"));

        assertThat(gone).containsExactly(subscriber);
        assertThat(page.failure).hasMessage("broken");
        subscriber.fail(new IOException("again"));
        subscriber.end();
        subscriber.send(bytes("two"));
        assertThat(gone).hasSize(1);
        assertThat(page.failure).hasMessage("broken");
        assertThat(page.writes).hasSize(1);
    }

    @Test
    void shouldEndOnceAndInOrder() {
        subscriber.end();
        subscriber.end();

        assertThat(gone).containsExactly(subscriber);
        assertThat(page.writes).singleElement().satisfies(write -> {
            assertThat(write.last()).isTrue();
            assertThat(write.text()).isEmpty();
        });
        page.receive(0);
        assertThat(page.isOver()).isTrue();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
