package io.undertone.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PcmTest {
    @Test
    void shouldDecodeLittleEndianSamples() {
        assertThat(PcmDecoder.decode(SampleFormat.PCM_S16LE, new byte[] {0, (byte) 0x80, 0, 0x40, (byte) 0xff, 0x7f}))
                .containsExactly(-1f, 0.5f, 32_767 / 32_768f);
        assertThat(PcmDecoder.decode(SampleFormat.PCM_F32LE, new byte[] {0, 0, (byte) 0x80, (byte) 0xbf}))
                .containsExactly(-1f);
        assertThat(PcmDecoder.decode(SampleFormat.MULAW, new byte[] {(byte) 0xff, 0, (byte) 0x80}))
                .containsExactly(0f, -32_124 / 32_768f, 32_124 / 32_768f);
        assertThat(PcmDecoder.decode(SampleFormat.ALAW, new byte[] {(byte) 0xd5, 0x55}))
                .containsExactly(8 / 32_768f, -8 / 32_768f);
    }

    @Test
    void shouldDecodeAStretch() {
        float[] target = new float[5];
        PcmDecoder.decode(SampleFormat.PCM_S16LE, new byte[] {9, 9, 0, 0x40, 0, (byte) 0xc0, 9, 9}, 1, 2, target, 2);
        assertThat(target).containsExactly(0, 0, 0.5f, -0.5f, 0);
    }

    @Test
    void shouldEncodeWhatItDecoded() {
        byte[] bytes = new byte[4_096];
        new Random(1).nextBytes(bytes);
        for (SampleFormat format : new SampleFormat[] {SampleFormat.PCM_S16LE, SampleFormat.ALAW}) {
            float[] samples = PcmDecoder.decode(format, bytes);
            assertThat(PcmEncoder.encode(format, samples, 0, samples.length)).isEqualTo(bytes);
        }
        float[] samples = {0, -0f, 1.5f, -1e-20f};
        assertThat(PcmDecoder.decode(SampleFormat.PCM_F32LE, PcmEncoder.encode(SampleFormat.PCM_F32LE, samples, 0, 4)))
                .containsExactly(samples);
    }

    @Test
    void shouldClipWhatIsTooLoud() {
        byte[] bytes = PcmEncoder.encode(SampleFormat.PCM_S16LE, new float[] {2, -2}, 0, 2);
        assertThat(PcmDecoder.decode(SampleFormat.PCM_S16LE, bytes)).containsExactly(32_767 / 32_768f, -1f);
    }
}
