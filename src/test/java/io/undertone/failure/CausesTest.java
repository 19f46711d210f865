package io.undertone.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class CausesTest {
    @Test
    void shouldNameTheTopicThatOnlyTheOuterOneKnows() {
        Throwable failure = new StreamsException(
                "task [0_1] cannot send to topic undertone-features-legs-changelog",
                new KafkaException(new RecordTooLargeException("The message is 1589000 bytes\nand so on")));

        assertThat(Causes.all(failure))
                .isEqualTo(
                        "task [0_1] cannot send to topic undertone-features-legs-changelog: The message is 1589000 bytes");
    }

    @Test
    void shouldSayEachThingOnce() {
        Throwable cause = new TimeoutException("Topic audio-chunks not present in metadata after 60000 ms.");
        Throwable failure =
                new StreamsException("cannot begin: Topic audio-chunks not present in metadata after 60000 ms.", cause);

        assertThat(Causes.all(failure))
                .isEqualTo("cannot begin: Topic audio-chunks not present in metadata after 60000 ms");
    }

    @Test
    void shouldLeaveOutWhatSaysNothing() {
        Throwable failure = new KafkaException(
                "Failed to construct kafka consumer", new ConfigException("No resolvable bootstrap urls given"));

        assertThat(Causes.all(failure)).isEqualTo("No resolvable bootstrap urls given");
        assertThat(Causes.all(new RuntimeException(new IllegalStateException())))
                .isEqualTo("IllegalStateException");
        assertThat(Causes.innermost(failure)).isEqualTo("No resolvable bootstrap urls given");
    }

    @Test
    void shouldComeToAnEndWhereCausesGoInACircle() {
        RuntimeException one = new RuntimeException("one");
        RuntimeException two = new RuntimeException("two", one);
        one.initCause(two);

        assertThat(Causes.all(two)).isEqualTo("two: one");
        assertThat(Causes.innermost(two)).isEqualTo("one");
    }
}
