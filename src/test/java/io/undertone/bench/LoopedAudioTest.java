package io.undertone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.undertone.Role;
import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import io.undertone.failure.Failure;
import io.undertone.source.PlayedCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopedAudioTest {
    private static final int SAMPLES = 5_003;

    private static Recording recording(int count) {
        float[][] channels = new float[count][SAMPLES];
        for (float[] channel : channels) {
            for (int i = 0; i < SAMPLES; i++) {
                channel[i] = i / 8_000f;
            }
        }
        return new Recording(8_000, channels);
    }

    private static PlayedCall call(List<Role> roles) {
        return new PlayedCall("call", recording(roles.size()), roles);
    }

    @Test
    void shouldGiveOneUnbrokenLoop() throws IOException {
        LoopedAudio audio =
                LoopedAudio.of(List.of(call(List.of(Role.CUSTOMER))), List.of(Role.CUSTOMER), SampleFormat.MULAW, 20);
        byte[] once = recording(1).encode(0, 0, SAMPLES, SampleFormat.MULAW);
        ByteArrayOutputStream played = new ByteArrayOutputStream();
        for (int chunk = 0; chunk < 100; chunk++) {
            assertThat(audio.position(0, chunk)).isEqualTo(played.size());
            played.writeBytes(audio.chunk(0, chunk));
        }
        byte[] all = played.toByteArray();
        assertThat(all).hasSize(16_000);
        for (int from = 0; from < all.length; from += SAMPLES) {
            int end = Math.min(all.length, from + SAMPLES);
            assertThat(Arrays.copyOfRange(all, from, end)).isEqualTo(Arrays.copyOf(once, end - from));
        }
    }

    @Test
    void shouldBeginLegsAtDifferentPlaces() throws IOException {
        LoopedAudio audio =
                LoopedAudio.of(List.of(call(List.of(Role.CUSTOMER))), List.of(Role.CUSTOMER), SampleFormat.MULAW, 200);
        assertThat(audio.chunk(1, 0)).isNotEqualTo(audio.chunk(0, 0)).hasSize(1_600);
    }

    @Test
    void shouldTakeTheVoicesThatAreAnalysed() {
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> LoopedAudio.of(
                        List.of(call(List.of(Role.AGENT))), List.of(Role.CUSTOMER), SampleFormat.MULAW, 200))
                .withMessageContaining("analysis.roles=[CUSTOMER]");
    }
}
