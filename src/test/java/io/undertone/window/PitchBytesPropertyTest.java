package io.undertone.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;

class PitchBytesPropertyTest {
    @Property
    void shouldLoseLessThanAThirteenthOfASemitone(
            @ForAll @FloatRange(min = -1.5f, max = 1.5f) float octaves,
            @ForAll @FloatRange(min = 0, max = 1) float voicing) {
        byte[] bytes = new byte[4];

        PitchBytes.write(octaves, voicing, bytes, 1);

        assertThat(PitchBytes.octaves(bytes, 1)).isCloseTo(octaves, within(0.5f / 80 + 1e-6f));
        assertThat(PitchBytes.voicing(bytes, 1)).isCloseTo(voicing, within(0.5f / 255 + 1e-6f));
        assertThat(bytes[0]).isZero();
        assertThat(bytes[3]).isZero();
    }

    @Property
    void shouldStayInRange(@ForAll @FloatRange(min = -100, max = 100) float octaves) {
        byte[] bytes = new byte[2];

        PitchBytes.write(octaves, 1, bytes, 0);

        assertThat(Math.abs(PitchBytes.octaves(bytes, 0))).isLessThanOrEqualTo(127 / 80f);
    }
}
