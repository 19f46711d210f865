package io.undertone.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.G711;
import java.nio.ByteBuffer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Whatever the samples are, they come back bit by bit, in as few bytes as their kind takes. */
class SampleCodecPropertyTest {
    private static final int HEADER = 1 + Integer.BYTES;

    @Property
    void shouldGiveBackMulawInAByteEach(@ForAll byte[] sent) {
        float[] samples = new float[sent.length];
        for (int i = 0; i < sent.length; i++) {
            samples[i] = G711.fromMulaw(sent[i]) / 32_768f;
        }
        assertThat(written(samples).length).isEqualTo(HEADER + sent.length);
        assertSame(samples);
    }

    @Property
    void shouldGiveBack16BitsInTwoBytesEachAtMost(@ForAll short[] sent) {
        float[] samples = new float[sent.length];
        for (int i = 0; i < sent.length; i++) {
            samples[i] = sent[i] / 32_768f;
        }
        assertThat(written(samples).length).isLessThanOrEqualTo(HEADER + 2 * sent.length);
        assertSame(samples);
    }

    @Property
    void shouldGiveBackAnyFloats(@ForAll @Size(max = 50) int[] bits) {
        float[] samples = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            samples[i] = Float.intBitsToFloat(bits[i]);
        }
        assertThat(written(samples).length).isLessThanOrEqualTo(SampleCodec.maxBytes(samples.length));
        assertSame(samples);
    }

    /** What is nearly of a kind and is not: one sample decides for all. */
    @Example
    void shouldNotLoseWhatIsNearlyWhole() {
        assertSame(new float[] {0, -0f});
        assertSame(new float[] {1, 1 / 32_768f});
        assertSame(new float[] {0.5f, 0.5f + 1 / 65_536f});
        assertSame(new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE});
        assertSame(new float[0]);
    }

    private static byte[] written(float[] samples) {
        ByteBuffer target = ByteBuffer.allocate(SampleCodec.maxBytes(samples.length));
        SampleCodec.write(samples, target);
        byte[] written = new byte[target.position()];
        target.flip().get(written);
        return written;
    }

    private static void assertSame(float[] samples) {
        float[] read = SampleCodec.read(ByteBuffer.wrap(written(samples)));
        assertThat(read).hasSize(samples.length);
        for (int i = 0; i < samples.length; i++) {
            assertThat(Float.floatToRawIntBits(read[i])).isEqualTo(Float.floatToRawIntBits(samples[i]));
        }
    }
}
