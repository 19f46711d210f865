package io.undertone.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.web.SentBody.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SentBodyTest {
    private final AtomicLong nowMs = new AtomicLong(1_000);

    private SentBody body(InputStream sent) {
        return new SentBody(sent, 10, 2_000, nowMs::get);
    }

    @Test
    void shouldTakeWhatComesInTime() throws Exception {
        nowMs.set(2_000);
        assertThat(body(new ByteArrayInputStream(new byte[10])).readAllBytes()).hasSize(10);
    }

    @Test
    void shouldRefuseWhatIsTooLongOrTooLate() {
        assertThatThrownBy(() -> body(new ByteArrayInputStream(new byte[11])).readAllBytes())
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.status).isEqualTo(413));
        nowMs.set(2_001);
        assertThatThrownBy(() -> body(new ByteArrayInputStream(new byte[1])).read())
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.status).isEqualTo(408));
    }

    /** The server cuts a connection off on which nothing comes; until then a read does not end. */
    @Test
    void shouldSayThatAStalledRecordingIsLateRatherThanBrokenOff() {
        assertThatThrownBy(() -> body(cutOffAt(2_001)).read())
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.status).isEqualTo(408));
        assertThatThrownBy(() -> body(cutOffAt(1_500)).read()).isInstanceOf(EOFException.class);
    }

    private InputStream cutOffAt(long ms) {
        nowMs.set(1_000);
        return new InputStream() {
            @Override
            public int read() throws IOException {
                nowMs.set(ms);
                throw new EOFException("cut off");
            }
        };
    }
}
