package io.undertone.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ZeroPackingTest {
    @Property
    void shouldGiveBackAnyBytes(@ForAll byte[] bytes, @ForAll byte before) {
        byte[] packed = ZeroPacking.pack(bytes);
        assertThat(packed.length).isLessThanOrEqualTo(bytes.length + (bytes.length + 7) / 8);
        byte[] behind =
                ByteBuffer.allocate(1 + packed.length).put(before).put(packed).array();
        byte[] back = ZeroPacking.unpack(behind, 1);
        assertThat(back).hasSize((bytes.length + 7) / 8 * 8).startsWith(bytes);
        assertThat(Arrays.copyOfRange(back, bytes.length, back.length)).isEqualTo(new byte[back.length - bytes.length]);
    }

    @Example
    void shouldLeaveOutZeros() {
        byte[] counts = ByteBuffer.allocate(24)
                .putLong(7)
                .putInt(0x10203)
                .putInt(0)
                .putLong(0)
                .array();
        assertThat(ZeroPacking.pack(counts)).containsExactly(0x80, 7, 0b1110, 1, 2, 3, 0);
    }

    @Example
    void shouldSayThatBytesWereCutOff() {
        byte[] packed = ZeroPacking.pack(new byte[] {1, 2, 3});
        assertThatThrownBy(() -> ZeroPacking.unpack(Arrays.copyOf(packed, 3), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whole");
    }
}
