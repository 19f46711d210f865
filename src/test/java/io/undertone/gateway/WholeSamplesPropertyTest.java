package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class WholeSamplesPropertyTest {
    @Property
    void shouldGiveTheSameBytesHoweverTheyAreCut(
            @ForAll @IntRange(min = 1, max = 8) int unit,
            @ForAll @Size(max = 40) List<@IntRange(max = 20) Integer> cuts) {
        WholeSamples whole = new WholeSamples();
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        byte value = 0;
        for (int cut : cuts) {
            byte[] piece = new byte[cut];
            for (int i = 0; i < cut; i++) {
                piece[i] = value++;
            }
            sent.writeBytes(piece);
            byte[] units = whole.take(ByteBuffer.wrap(piece), unit);
            assertThat(units.length % unit).isZero();
            taken.writeBytes(units);
        }
        int complete = sent.size() - sent.size() % unit;
        assertThat(taken.toByteArray()).isEqualTo(Arrays.copyOf(sent.toByteArray(), complete));
    }
}
