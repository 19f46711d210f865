package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.failure.Failure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class ErrorsTest {
    private final StringWriter err = new StringWriter();

    private String reported(Throwable failure) {
        err.getBuffer().setLength(0);
        Errors.report(failure, false, new PrintWriter(err));
        return err.toString().strip();
    }

    @Test
    void shouldSayFailuresInOneLine() {
        assertThat(reported(new Failure("no topic x; create it\nsecond line")))
                .isEqualTo("undertone: no topic x; create it");
        assertThat(reported(new IOException())).isEqualTo("undertone: IOException");
    }

    @Test
    void shouldNameFilesInWords() {
        assertThat(reported(new NoSuchFileException("a.wav"))).isEqualTo("undertone: there is no file a.wav");
        assertThat(reported(new FileNotFoundException("a.wav"))).isEqualTo("undertone: there is no file a.wav");
        assertThat(reported(new AccessDeniedException("a.wav")))
                .isEqualTo("undertone: not allowed to use the file a.wav");
    }

    @Test
    void shouldSayWhatKafkaSays() {
        assertThat(reported(
                        new KafkaException("Failed to construct kafka consumer", new KafkaException("no such file"))))
                .isEqualTo("undertone: Kafka: no such file");
    }

    @Test
    void shouldNameTheClassWhereThereIsNothingToSay() {
        assertThat(reported(new IllegalStateException()))
                .isEqualTo("undertone: failed with IllegalStateException; --debug shows where");
        assertThat(reported(new NullPointerException("because \"x\" is null")))
                .as("means nothing to a user")
                .isEqualTo("undertone: failed with NullPointerException; --debug shows where");
    }

    @Test
    void shouldTellWrongUsageFromFailure() {
        assertThat(Errors.report(new ConfigException("bad"), false, new PrintWriter(err)))
                .isEqualTo(2);
        assertThat(Errors.report(new Failure("bad"), false, new PrintWriter(err)))
                .isEqualTo(1);
    }

    @Test
    void shouldShowWhereOnlyWhenAsked() {
        assertThat(reported(new Failure("bad"))).doesNotContain("ErrorsTest");
        Errors.report(new Failure("bad"), true, new PrintWriter(err));
        assertThat(err.toString()).contains("ErrorsTest").endsWith("undertone: bad\n");
    }
}
