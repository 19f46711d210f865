package io.undertone.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class PcmCodingTest {
    private static float next(PcmCoding coding, ByteOrder order, int... bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes.length).order(order);
        for (int value : bytes) {
            buffer.put((byte) value);
        }
        float sample = coding.next(buffer.flip());
        assertThat(buffer.remaining()).as("bytes left").isZero();
        assertThat(coding.bytes).isEqualTo(bytes.length);
        return sample;
    }

    @Test
    void shouldReadBytes() {
        assertThat(next(PcmCoding.UNSIGNED_8, ByteOrder.BIG_ENDIAN, 0x80)).isZero();
        assertThat(next(PcmCoding.UNSIGNED_8, ByteOrder.BIG_ENDIAN, 0xff)).isEqualTo(127 / 128f);
        assertThat(next(PcmCoding.UNSIGNED_8, ByteOrder.BIG_ENDIAN, 0)).isEqualTo(-1);
        assertThat(next(PcmCoding.SIGNED_8, ByteOrder.BIG_ENDIAN, 0x80)).isEqualTo(-1);
        assertThat(next(PcmCoding.SIGNED_8, ByteOrder.BIG_ENDIAN, 0x40)).isEqualTo(0.5f);
        assertThat(next(PcmCoding.MULAW, ByteOrder.BIG_ENDIAN, 0xff)).isZero();
        assertThat(next(PcmCoding.ALAW, ByteOrder.BIG_ENDIAN, 0xd5)).isEqualTo(8 / 32_768f);
    }

    @Test
    void shouldReadWholeNumbersInEitherOrder() {
        assertThat(next(PcmCoding.SIGNED_16, ByteOrder.LITTLE_ENDIAN, 0x00, 0xc0))
                .isEqualTo(-0.5f);
        assertThat(next(PcmCoding.SIGNED_16, ByteOrder.BIG_ENDIAN, 0xc0, 0x00)).isEqualTo(-0.5f);
        assertThat(next(PcmCoding.SIGNED_24, ByteOrder.LITTLE_ENDIAN, 0x01, 0x00, 0x00))
                .isEqualTo(0x1p-23f);
        assertThat(next(PcmCoding.SIGNED_24, ByteOrder.BIG_ENDIAN, 0x00, 0x00, 0x01))
                .isEqualTo(0x1p-23f);
        assertThat(next(PcmCoding.SIGNED_24, ByteOrder.LITTLE_ENDIAN, 0x00, 0x80, 0xff))
                .as("of which the middle byte looks negative")
                .isEqualTo(-0x1p-8f);
        assertThat(next(PcmCoding.SIGNED_24, ByteOrder.BIG_ENDIAN, 0x80, 0x00, 0x00))
                .isEqualTo(-1);
        assertThat(next(PcmCoding.SIGNED_32, ByteOrder.BIG_ENDIAN, 0x40, 0, 0, 0))
                .isEqualTo(0.5f);
    }

    @Test
    void shouldReadFloatsAsTheyAre() {
        assertThat(next(PcmCoding.FLOAT_32, ByteOrder.BIG_ENDIAN, 0x40, 0x20, 0, 0))
                .isEqualTo(2.5f);
        assertThat(next(PcmCoding.FLOAT_64, ByteOrder.LITTLE_ENDIAN, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f))
                .isNaN();
    }

    @Test
    void shouldKnowWholeNumbersByTheirBytes() {
        assertThat(PcmCoding.signed(1)).isEqualTo(PcmCoding.SIGNED_8);
        assertThat(PcmCoding.signed(3)).isEqualTo(PcmCoding.SIGNED_24);
        assertThatThrownBy(() -> PcmCoding.signed(5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bytes=5");
    }
}
