package io.undertone.audio.flac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BitInputTest {
    @Test
    void shouldReadTheHighestBitsOfAByteFirst() throws IOException {
        BitInput in = input(0b1010_0110, 0xff, 0x00);

        assertThat(in.read(0)).isZero();
        assertThat(in.read(3)).isEqualTo(0b101);
        assertThat(in.read(5)).isEqualTo(0b00110);
        assertThat(in.read(12)).isEqualTo(0xff0);
        assertThat(in.read(4)).isZero();
        assertThat(in.atEnd()).isTrue();
    }

    @Test
    void shouldReadThirtyTwoBitsAsANumberThatIsNotNegative() throws IOException {
        assertThat(input(0xff, 0xff, 0xff, 0xff).read(32)).isEqualTo(0xffff_ffffL);
    }

    @Test
    void shouldReadTwosComplement() throws IOException {
        BitInput in = input(0b1000_0111, 0b1111_1111);

        assertThat(in.readSigned(4)).isEqualTo(-8);
        assertThat(in.readSigned(4)).isEqualTo(7);
        assertThat(in.readSigned(8)).isEqualTo(-1);
    }

    /** The side channel of 32-bit audio has 33 bits. */
    @Test
    void shouldReadThirtyThreeSignedBitsAcrossBytes() throws IOException {
        BitInput in = input(0b0100_0000, 0, 0, 0, 0b0011_1111, 0xff);

        assertThat(in.read(1)).isZero();
        assertThat(in.readSigned(33)).isEqualTo(-(1L << 32));
        assertThat(in.read(6)).isEqualTo(0b111111);
    }

    @Test
    void shouldCountZerosOfAUnaryNumberAcrossBytes() throws IOException {
        byte[] bytes = new byte[20];
        bytes[19] = 0b0001_1000;
        BitInput in = new BitInput(new ByteArrayInputStream(bytes));

        assertThat(in.readUnary()).isEqualTo(19 * 8 + 3);
        assertThat(in.readUnary()).isZero();
        assertThat(in.read(3)).isZero();
        assertThat(in.atEnd()).isTrue();
    }

    @Test
    void shouldReadAUnaryNumberThatFillsSixtyFourBits() throws IOException {
        byte[] bytes = new byte[9];
        bytes[7] = 1;
        bytes[8] = (byte) 0x80;
        BitInput in = new BitInput(new ByteArrayInputStream(bytes));

        assertThat(in.readUnary()).isEqualTo(63);
        assertThat(in.readUnary()).isZero();
    }

    @Test
    void shouldTellWhetherTheRestOfAByteIsZero() throws IOException {
        BitInput in = input(0b1010_0000, 0b1000_0001, 0x7f);

        in.read(4);
        assertThat(in.alignedByZeros()).isTrue();
        in.read(4);
        assertThat(in.alignedByZeros()).isFalse();
        assertThat(in.alignedByZeros()).as("at the start of a byte").isTrue();
        assertThat(in.read(8)).isEqualTo(0x7f);
    }

    /** The check value of CRC-16 with polynomial 0x8005 and start 0 (CRC-16/UMTS) for the nine digits. */
    @Test
    void shouldCountBytesAndTheCrcFromTheBeginningOfAFrame() throws IOException {
        BitInput in = new BitInput(new ByteArrayInputStream("xx123456789".getBytes("US-ASCII")));
        in.skip(2);
        in.beginFrame();
        in.read(new byte[9]);

        assertThat(in.frameBytes()).isEqualTo(9);
        assertThat(in.frameCrc()).isEqualTo(0xfee8);
    }

    /** A frame of several buffers, read by pieces of uneven width, from a stream that gives few bytes at a time. */
    @Test
    void shouldKeepBitsBytesAndCrcAcrossBuffers() throws IOException {
        byte[] bytes = new byte[300_000];
        Random random = new Random(2);
        random.nextBytes(bytes);
        BitInput in = new BitInput(new ByteArrayInputStream(bytes) {
            @Override
            public int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(5_000)));
            }
        });
        in.beginFrame();
        byte[] read = new byte[bytes.length];
        for (int i = 0; i < read.length; i += 3) {
            long first = in.read(13);
            long all = first << 11 | in.read(11);
            read[i] = (byte) (all >> 16);
            read[i + 1] = (byte) (all >> 8);
            read[i + 2] = (byte) all;
        }

        assertThat(Arrays.equals(read, bytes)).isTrue();
        assertThat(in.frameBytes()).isEqualTo(bytes.length);
        assertThat(in.frameCrc()).isEqualTo(Crc.next16(0, bytes, 0, bytes.length));
        assertThat(in.atEnd()).isTrue();
    }

    @Test
    void shouldSayThatAStreamEndsTooSoon() throws IOException {
        BitInput in = input(0x00);

        assertThat(in.read(6)).isZero();
        assertThatThrownBy(() -> in.read(3))
                .isInstanceOf(EOFException.class)
                .hasMessage("the stream ends within a frame or a block of metadata");
        assertThatThrownBy(() -> input(0x00, 0x00).readUnary()).isInstanceOf(EOFException.class);
        assertThat(input().atEnd()).isTrue();
    }

    private static BitInput input(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return new BitInput(new ByteArrayInputStream(content));
    }
}
