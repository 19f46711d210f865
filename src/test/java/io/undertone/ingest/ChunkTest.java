package io.undertone.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.undertone.audio.PcmEncoder;
import io.undertone.audio.SampleFormat;
import io.undertone.ingest.ChunkRefusedException.Reason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ChunkTest {
    private static final long NOW = 1_700_000_000_000L;

    private static Chunk of(long position, long at, SampleFormat format, int rateHz, byte[] audio, boolean last)
            throws ChunkRefusedException {
        return Chunk.of(position, at, format, rateHz, audio, last, 1_000);
    }

    private static void assertRefused(
            Reason reason, String part, long position, long at, SampleFormat format, int rateHz, byte[] audio) {
        assertThatExceptionOfType(ChunkRefusedException.class)
                .isThrownBy(() -> of(position, at, format, rateHz, audio, false))
                .withMessageContaining(part)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static byte[] floats(float... samples) {
        return PcmEncoder.encode(SampleFormat.PCM_F32LE, samples, 0, samples.length);
    }

    @Test
    void shouldTakeWhatTheSchemaAllows() throws ChunkRefusedException {
        Chunk chunk = of(1_600, NOW, SampleFormat.PCM_S16LE, 16_000, new byte[] {0, 0x40, 0, 0}, false);
        assertThat(chunk.end()).isEqualTo(1_602);
        assertThat(chunk.samples()).isEqualTo(2);
        float[] samples = new float[1];
        chunk.decode(0, 1, samples, 0);
        assertThat(samples).containsExactly(0.5f);
        assertThat(of(0, 0, SampleFormat.ALAW, 8_000, new byte[0], true).samples())
                .isZero();
        assertThat(of(0, NOW, SampleFormat.PCM_F32LE, 48_000, floats(1.5f, -16), false)
                        .samples())
                .isEqualTo(2);
    }

    @Test
    void shouldRefuseEachBrokenRuleWithItsReason() {
        byte[] one = {1};
        assertRefused(Reason.BAD_SAMPLE_RATE, "sampleRateHz=0", 0, NOW, SampleFormat.MULAW, 0, one);
        assertRefused(Reason.BAD_SAMPLE_RATE, "sampleRateHz=7999", 0, NOW, SampleFormat.MULAW, 7_999, one);
        assertRefused(Reason.BAD_SAMPLE_RATE, "sampleRateHz=48001", 0, NOW, SampleFormat.MULAW, 48_001, one);
        assertRefused(Reason.BAD_POSITION, "position=-1", -1, NOW, SampleFormat.MULAW, 8_000, one);
        assertRefused(Reason.BAD_POSITION, "position=90071", 1L << 53, NOW, SampleFormat.MULAW, 8_000, one);
        assertRefused(Reason.BAD_TIME, "capturedAt=-1", 0, -1, SampleFormat.MULAW, 8_000, one);
        assertRefused(Reason.BAD_TIME, "give milliseconds", 0, NOW * 1000, SampleFormat.MULAW, 8_000, one);
        assertRefused(Reason.EMPTY_AUDIO, "size=0", 0, NOW, SampleFormat.MULAW, 8_000, new byte[0]);
        assertRefused(Reason.PARTIAL_SAMPLE, "size=3", 0, NOW, SampleFormat.PCM_S16LE, 8_000, new byte[3]);
        assertRefused(Reason.TOO_LARGE, "size=1001", 0, NOW, SampleFormat.MULAW, 8_000, new byte[1_001]);
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 32_767, -16.1f}) {
            assertRefused(Reason.NOT_FINITE, "sample 1", 0, NOW, SampleFormat.PCM_F32LE, 8_000, floats(0, bad));
        }
    }

    @Test
    void shouldNeverShowAudio() throws ChunkRefusedException {
        byte[] audio = new byte[3];
        Arrays.fill(audio, (byte) 77);
        assertThat(of(5, NOW, SampleFormat.MULAW, 8_000, audio, false).toString())
                .contains("position=5")
                .contains("samples=3")
                .doesNotContain("77");
    }
}
