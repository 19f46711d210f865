package io.undertone.audio.flac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlacDecoderTest {
    private static final byte[] NO_MD5 = new byte[16];
    private static final int COUNT = 64;

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static float[][] decode(byte[] stream) throws IOException {
        return read(FlacDecoder.ofStream(new ByteArrayInputStream(stream)));
    }

    private static float[][] read(FlacDecoder decoder) throws IOException {
        float[][] samples = new float[decoder.channels()][0];
        for (int count = decoder.next(); count > 0; count = decoder.next()) {
            for (int channel = 0; channel < samples.length; channel++) {
                int before = samples[channel].length;
                samples[channel] = Arrays.copyOf(samples[channel], before + count);
                decoder.copy(channel, 0, count, samples[channel], before);
            }
        }
        assertThat(decoder.next()).isZero();
        return samples;
    }

    private static void assertRefused(byte[] stream, String... parts) {
        assertThatExceptionOfType(FlacException.class)
                .isThrownBy(() -> decode(stream))
                .withMessageContainingAll(parts);
    }

    /** A stream of one frame of one channel. */
    private static byte[] mono(int bits, long[] samples, FlacWriter subframe) {
        return joined(
                FlacWriter.head(bits, 1, samples.length, FlacWriter.md5(bits, samples), true),
                FlacWriter.frame(samples.length, 0, subframe));
    }

    private static void assertSamples(int bits, long[] samples, FlacWriter subframe) throws IOException {
        float[] decoded = decode(mono(bits, samples, subframe))[0];
        for (int i = 0; i < samples.length; i++) {
            assertThat(decoded[i]).isEqualTo(samples[i] / (float) (1L << (bits - 1)));
        }
    }

    private static long[] noise(int bits, int seed) {
        Random random = new Random(seed);
        return random.longs(COUNT, -(1L << (bits - 1)), 1L << (bits - 1)).toArray();
    }

    /** {@code samples} in so many bits, without prediction. */
    private static FlacWriter verbatim(FlacWriter to, int bits, long... samples) {
        to.bits(0b0000_0010, 8);
        for (long sample : samples) {
            to.bits(sample, bits);
        }
        return to;
    }

    @Test
    void shouldReadPlainAndConstantSubframesOfEachWidth() throws IOException {
        for (int bits : new int[] {4, 8, 12, 15, 16, 20, 24, 32}) {
            long[] noise = noise(bits, bits);
            assertSamples(bits, noise, verbatim(new FlacWriter(), bits, noise));
            long[] constant = new long[COUNT];
            Arrays.fill(constant, -3);
            assertSamples(bits, constant, new FlacWriter().bits(0, 8).bits(-3, bits));
        }
    }

    @Test
    void shouldUndoWastedBits() throws IOException {
        long[] samples = Arrays.stream(noise(13, 1)).map(sample -> sample << 3).toArray();
        FlacWriter subframe = new FlacWriter().bits(0b0000_0011, 8).unary(2);
        Arrays.stream(samples).forEach(sample -> subframe.bits(sample >> 3, 13));
        assertSamples(16, samples, subframe);
    }

    @Test
    void shouldPredictByEachFixedOrder() throws IOException {
        long[] samples = noise(12, 2);
        for (int order = 0; order <= 4; order++) {
            long[] residual = samples.clone();
            for (int times = 0; times < order; times++) {
                for (int i = COUNT - 1; i > times; i--) {
                    residual[i] -= residual[i - 1];
                }
            }
            FlacWriter subframe = new FlacWriter().bits((8 + order) << 1, 8);
            for (int i = 0; i < order; i++) {
                subframe.bits(samples[i], 16);
            }
            subframe.bits(0, 2).bits(0, 4).bits(9, 4);
            for (int i = order; i < COUNT; i++) {
                subframe.rice(residual[i], 9);
            }
            assertSamples(16, samples, subframe);
        }
    }

    /** A predictor whose sums need more than 32 bits, as those of 24-bit files may. */
    @Test
    void shouldPredictBeyond32Bits() throws IOException {
        long[] samples = new long[COUNT];
        long[] residual = new long[COUNT];
        int[] coefficients = {16_383, -16_384, 16_383};
        for (int i = 0; i < COUNT; i++) {
            samples[i] = (i % 2 == 0 ? 1 : -1) * (8_388_607L - i);
            long sum = 0;
            for (int j = 0; j < 3 && i >= 3; j++) {
                sum += coefficients[j] * samples[i - 1 - j];
            }
            residual[i] = samples[i] - (sum >> 12);
        }
        FlacWriter subframe = new FlacWriter().bits((31 + 3) << 1, 8);
        for (int i = 0; i < 3; i++) {
            subframe.bits(samples[i], 24);
        }
        subframe.bits(14, 4).bits(12, 5);
        for (int coefficient : coefficients) {
            subframe.bits(coefficient, 15);
        }
        subframe.bits(1, 2).bits(0, 4).bits(28, 5);
        for (int i = 3; i < COUNT; i++) {
            subframe.rice(residual[i], 28);
        }
        assertSamples(24, samples, subframe);
    }

    /** Partitions of Rice codes, of plain numbers and of nothing at all; no word on standard output. */
    @Test
    void shouldReadEachKindOfPartition() throws IOException {
        long[] samples = noise(10, 3);
        Arrays.fill(samples, 16, 32, 0);
        FlacWriter subframe = new FlacWriter().bits(8 << 1, 8).bits(0, 2).bits(2, 4);
        for (int partition = 0; partition < 4; partition++) {
            int escaped = partition == 1 ? 0 : 11;
            boolean isRice = partition == 0 || partition == 3;
            subframe.bits(isRice ? 14 : 15, 4);
            if (!isRice) {
                subframe.bits(escaped, 5);
            }
            for (int i = partition * 16; i < partition * 16 + 16; i++) {
                if (isRice) {
                    subframe.rice(samples[i], 14);
                } else {
                    subframe.bits(samples[i], escaped);
                }
            }
        }
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertSamples(16, samples, subframe);
        } finally {
            System.setOut(out);
        }
        assertThat(printed.size()).isZero();
    }

    @Test
    void shouldUndoEachKindOfStereo() throws IOException {
        for (int bits : new int[] {16, 24, 32}) {
            long[] left = noise(bits, 4);
            long[] right = noise(bits, 5);
            for (int assignment : new int[] {1, 8, 9, 10}) {
                FlacWriter subframes = new FlacWriter();
                long[] side = new long[COUNT];
                long[] mid = new long[COUNT];
                for (int i = 0; i < COUNT; i++) {
                    side[i] = left[i] - right[i];
                    mid[i] = left[i] + right[i] >> 1;
                }
                switch (assignment) {
                    case 8 -> verbatim(verbatim(subframes, bits, left), bits + 1, side);
                    case 9 -> verbatim(verbatim(subframes, bits + 1, side), bits, right);
                    case 10 -> verbatim(verbatim(subframes, bits, mid), bits + 1, side);
                    default -> verbatim(verbatim(subframes, bits, left), bits, right);
                }
                float[][] decoded = decode(joined(
                        FlacWriter.head(bits, 2, COUNT, FlacWriter.md5(bits, left, right), true),
                        FlacWriter.frame(COUNT, assignment, subframes)));
                for (int i = 0; i < COUNT; i++) {
                    assertThat(decoded[0][i]).isEqualTo(left[i] / (float) (1L << (bits - 1)));
                    assertThat(decoded[1][i]).isEqualTo(right[i] / (float) (1L << (bits - 1)));
                }
            }
        }
    }

    @Test
    void shouldReadAStreamWithoutItsBeginning() throws IOException {
        long[] noise = noise(16, 6);
        FlacWriter header = new FlacWriter()
                .bits(0xfff8, 16)
                .bits(0x64, 8)
                .bits(0x08, 8)
                .bits(7, 8)
                .bits(COUNT - 1, 8);
        byte[] begun = header.bytes();
        int crc = 0;
        for (byte one : begun) {
            crc = Crc.next8(crc, one & 0xff);
        }
        byte[] body = joined(
                begun,
                new byte[] {(byte) crc},
                verbatim(new FlacWriter(), 16, noise).bytes());
        int sum = Crc.next16(0, body, 0, body.length);
        byte[] frame = joined(body, new byte[] {(byte) (sum >> 8), (byte) sum});
        FlacDecoder decoder = FlacDecoder.ofFrames(new ByteArrayInputStream(joined(frame, frame)));
        assertThat(decoder.sampleRateHz()).isEqualTo(8_000);
        assertThat(read(decoder)[0]).hasSize(2 * COUNT);
    }

    @Test
    void shouldReadATagAndPassOverOtherMetadata() throws IOException {
        long[] noise = noise(16, 7);
        byte[] tag = {5, 0, 0, 0, 't', 'o', 'o', 'l', 's', 1, 0, 0, 0, 3, 0, 0, 0, 'A', '=', 'B'};
        byte[] stream = joined(
                FlacWriter.head(16, 1, 0, NO_MD5, false),
                new byte[] {4, 0, 0, (byte) tag.length},
                tag,
                new byte[] {(byte) 0x81, 0, 0, 3, 0, 0, 0},
                FlacWriter.frame(COUNT, 0, verbatim(new FlacWriter(), 16, noise)));
        assertThat(decode(stream)[0]).hasSize(COUNT);
        stream[42 + 4 + 9] = 9;
        assertRefused(stream, "tags must fit");
    }

    @Test
    void shouldRefuseWhatRfc9639Forbids() {
        long[] noise = noise(16, 8);
        byte[] frame = FlacWriter.frame(COUNT, 0, verbatim(new FlacWriter(), 16, noise));
        byte[] md5 = FlacWriter.md5(16, noise);
        assertRefused(joined(FlacWriter.head(16, 1, COUNT + 10, NO_MD5, true), frame, frame), "header=74", "or more");
        assertRefused(joined(FlacWriter.head(16, 1, 3 * COUNT, NO_MD5, true), frame), "found=64", "cut short");
        assertRefused(joined(FlacWriter.head(16, 1, 2 * COUNT, md5, true), frame, frame), "MD5");
        assertRefused(joined(FlacWriter.head(24, 2, 0, NO_MD5, true), frame), "channels=2 and 1");
        byte[] tiny = FlacWriter.frame(8, 0, verbatim(new FlacWriter(), 16, Arrays.copyOf(noise, 8)));
        assertRefused(joined(FlacWriter.head(16, 1, 0, NO_MD5, true), tiny, frame), "16 samples or more", "samples=8");
        assertRefused(
                joined(
                        FlacWriter.head(16, 1, 0, NO_MD5, true),
                        FlacWriter.frame(COUNT, 0, new FlacWriter().bits(0b0000_1000, 8))),
                "type=4");
        assertRefused(new byte[] {'f', 'L', 'a', 'C', 4, 0, 0, 40}, "STREAMINFO");
        for (int at : new int[] {3, 7, 40}) {
            byte[] damaged = frame.clone();
            damaged[at] ^= 0x10;
            assertRefused(joined(FlacWriter.head(16, 1, 0, NO_MD5, true), damaged), "damaged");
        }
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> decode(joined(FlacWriter.head(16, 1, 0, NO_MD5, true), Arrays.copyOf(frame, 90))));
    }
}
