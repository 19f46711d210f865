package io.undertone.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The tables against ITU-T G.711 (11/1988), whose segments and decision values are worked out here from the text of its tables. */
class G711Test {
    /** Table 2a/2b: the value of each positive mu-law interval, numbered 0 to 127 from zero up, on the scale of 14 bits. */
    private static int mulawValue14(int interval) {
        // Segment s has 16 intervals of 2^(s+1); the first of all begins half an interval early, at zero.
        int value = 0;
        int width = 2;
        for (int i = 0; i < interval; i++) {
            int next = i / 16 == (i + 1) / 16 ? width : width * 2;
            value += width / 2 + next / 2;
            width = next;
        }
        return value;
    }

    /** Table 1a/1b: the value of each positive A-law interval, numbered 0 to 127 from zero up, on the scale of 13 bits. */
    private static int alawValue13Doubled(int interval) {
        int segment = interval / 16;
        int step = interval % 16;
        // Doubled, since values lie halfway between whole decision values: 1, 3, 5 ... in the two lowest segments.
        int width = segment == 0 ? 2 : 1 << segment;
        int begin = segment == 0 ? 0 : 32 << (segment - 1);
        return 2 * (begin + step * width) + width;
    }

    @Test
    void shouldDecodeMulawAsTheStandardSays() {
        for (int interval = 0; interval < 128; interval++) {
            // Character signal: positive values have the sign bit set, and all bits but the sign count down.
            byte positive = (byte) (0x80 | ~interval & 0x7f);
            byte negative = (byte) (~interval & 0x7f);
            assertThat(G711.fromMulaw(positive)).isEqualTo(4 * mulawValue14(interval));
            assertThat(G711.fromMulaw(negative)).isEqualTo(-4 * mulawValue14(interval));
        }
        assertThat(mulawValue14(127)).as("the standard's largest value").isEqualTo(8031);
    }

    @Test
    void shouldDecodeAlawAsTheStandardSays() {
        for (int interval = 0; interval < 128; interval++) {
            // Even bits are inverted for the line.
            byte positive = (byte) ((0x80 | interval) ^ 0x55);
            byte negative = (byte) (interval ^ 0x55);
            assertThat(G711.fromAlaw(positive)).isEqualTo(4 * alawValue13Doubled(interval));
            assertThat(G711.fromAlaw(negative)).isEqualTo(-4 * alawValue13Doubled(interval));
        }
        assertThat(alawValue13Doubled(127))
                .as("the standard's largest value, 4032")
                .isEqualTo(2 * 4032);
    }

    @Test
    void shouldEncodeMulawByTheStandardsDecisionValues() {
        // On the scale of 14 bits: 0, 1, 3 ... 31, 35 ... 95, 103 ...: 16 steps a segment, the very first of half a
        // width.
        int[] decision = new int[128];
        for (int n = 1; n < 128; n++) {
            decision[n] = decision[n - 1] + (n == 1 ? 1 : 2 << (n - 1) / 16);
        }
        assertThat(decision[113]).as("a value that the standard's table gives").isEqualTo(4319);
        for (int value = -32_768; value <= 32_767; value++) {
            int interval = 127;
            while (4 * decision[interval] > Math.abs(value)) {
                interval--;
            }
            int code = (value < 0 ? 0 : 0x80) | ~interval & 0x7f;
            assertThat(G711.toMulaw(value)).as("value %d", value).isEqualTo((byte) code);
        }
    }

    @Test
    void shouldEncodeEveryValueToAnAlawValueWithinHalfAnInterval() {
        for (int value = -32_768; value <= 32_767; value++) {
            int decoded = G711.fromAlaw(G711.toAlaw(value));
            int width = 16;
            for (int begin = 512; begin <= Math.abs(decoded); begin *= 2) {
                width = begin / 16;
            }
            assertThat(Math.abs(decoded - value)).as("value %d", value).isLessThanOrEqualTo(Math.max(8, width / 2));
        }
    }

    @Test
    void shouldEncodeDecodedCodesToThemselves() {
        for (int code = 0; code < 256; code++) {
            assertThat(G711.toAlaw(G711.fromAlaw((byte) code))).isEqualTo((byte) code);
            if (code != 0x7f) {
                assertThat(G711.toMulaw(G711.fromMulaw((byte) code))).isEqualTo((byte) code);
            }
        }
        assertThat(G711.toMulaw(G711.fromMulaw((byte) 0x7f)))
                .as("negative zero becomes zero")
                .isEqualTo((byte) 0xff);
    }
}
