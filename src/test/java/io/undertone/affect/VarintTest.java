package io.undertone.affect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class VarintTest {
    @Property
    void shouldReadBackAnyNumber(@ForAll long value) throws IOException {
        assertThat(read(bytes(value))).isEqualTo(value);
    }

    @Test
    void shouldTakeAsManyBytesAsANumberNeeds() throws IOException {
        assertThat(bytes(0)).containsExactly(0);
        assertThat(bytes(-1)).containsExactly(1);
        assertThat(bytes(63)).containsExactly(126);
        assertThat(bytes(64)).containsExactly(128, 1);
        assertThat(bytes(Long.MIN_VALUE)).hasSize(10);
        assertThat(read(bytes(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
        assertThat(read(bytes(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldRefuseWhatIsNoNumber() {
        byte[] endless = new byte[11];
        Arrays.fill(endless, (byte) -1);
        assertThatThrownBy(() -> read(endless)).isInstanceOf(IOException.class).hasMessageContaining("ten bytes");
        assertThatThrownBy(() -> read(new byte[] {-1})).isInstanceOf(EOFException.class);
    }

    private static byte[] bytes(long value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Varint.write(new DataOutputStream(bytes), value);
        return bytes.toByteArray();
    }

    private static long read(byte[] bytes) throws IOException {
        return Varint.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
