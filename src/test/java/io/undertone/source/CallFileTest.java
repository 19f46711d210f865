package io.undertone.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.undertone.Role;
import io.undertone.audio.AudioStream;
import io.undertone.audio.AudioWriter;
import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import io.undertone.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallFileTest {
    private static final Optional<Role> LEFT_OUT = Optional.empty();

    @TempDir
    private Path folder;

    private Path wav(int channels) throws IOException {
        Path file = folder.resolve("call-7.wav");
        float[][] samples = new float[channels][800];
        for (int channel = 0; channel < channels; channel++) {
            java.util.Arrays.fill(samples[channel], (channel + 1) / 16f);
        }
        AudioWriter.writeWav(file, new Recording(8_000, samples), SampleFormat.PCM_S16LE);
        return file;
    }

    @Test
    void shouldTakeStereoForAgentAndCustomer() throws IOException {
        PlayedCall call = CallFile.read(wav(2), "c", List.of());
        assertThat(call.voices()).containsExactly(new Voice(0, Role.AGENT), new Voice(1, Role.CUSTOMER));
        assertThat(call.audio().samples()).isEqualTo(800);
        assertThat(call.audio().durationMs()).isEqualTo(100);
        assertThat(CallFile.read(wav(1), "c", List.of()).roles()).containsExactly(Role.CUSTOMER);
    }

    @Test
    void shouldLeaveChannelsOut() throws IOException {
        PlayedCall call = CallFile.read(
                wav(4), "c", List.of(LEFT_OUT, Optional.of(Role.CUSTOMER), LEFT_OUT, Optional.of(Role.AGENT)));
        assertThat(call.voices()).containsExactly(new Voice(1, Role.CUSTOMER), new Voice(3, Role.AGENT));
    }

    @Test
    void shouldSayHowChannelsAreNamed() throws IOException {
        Path file = wav(4);
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> CallFile.read(file, "c", List.of()))
                .withMessageContaining("has 4 channels")
                .withMessageContaining("--roles agent,customer,-,-");
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> CallFile.read(file, "c", List.of(Optional.of(Role.AGENT))))
                .withMessageContaining("--roles names 1");
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> CallFile.read(file, "c", List.of(LEFT_OUT, LEFT_OUT, LEFT_OUT, LEFT_OUT)))
                .withMessageContaining("leaves out all 4");
        Optional<Role> agent = Optional.of(Role.AGENT);
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> CallFile.read(file, "c", List.of(agent, agent, LEFT_OUT, LEFT_OUT)))
                .withMessageContaining("each role once");
    }

    /** As a whole where it is played twice, and as it comes where once is enough. */
    @Test
    void shouldReadStandardInput() throws IOException {
        byte[] wav = Files.readAllBytes(wav(1));
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(wav));
            PlayedCall spooled = CallFile.read(Path.of("-"), CallFile.stem(Path.of("-")), List.of());
            assertThat(spooled.callId()).isEqualTo("stdin");
            assertThat(spooled.audio().samples()).isEqualTo(800);
            assertThat(samples(spooled)).isEqualTo(800);
            assertThat(samples(spooled)).isEqualTo(800);
            System.setIn(new ByteArrayInputStream(wav));
            PlayedCall streamed = CallFile.stream(Path.of("-"), "c", List.of());
            assertThat(streamed.audio().samples()).isEqualTo(CallAudio.UNKNOWN);
            assertThat(samples(streamed)).isEqualTo(800);
        } finally {
            System.setIn(before);
        }
    }

    private static long samples(PlayedCall call) throws IOException {
        try (AudioStream stream = call.audio().open()) {
            return new AudioWindow(stream).readTo(Long.MAX_VALUE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "caf\uFFFD", "a\u0000b", "a\nb", "\uD83D"})
    void shouldRefuseIdsThatCannotBeSaid(String id) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> PlayedCall.requireSayable(id))
                .withMessageContaining("call id must");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "café-\u65e5\u672c", "\uD83D\uDE00", "a b/c"})
    void shouldTakeIdsInAnyScript(String id) {
        PlayedCall.requireSayable(id);
        assertThat(id).isNotEmpty();
    }
}
