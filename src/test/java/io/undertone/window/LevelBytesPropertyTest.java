package io.undertone.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;

class LevelBytesPropertyTest {
    private static final float HALF_A_STEP = 0.5f / 32 + 1e-5f;

    @Property
    void shouldBeOffByHalfAStepAtMost(
            @ForAll @FloatRange(min = -120, max = 7.9f) float level,
            @ForAll @FloatRange(min = -120, max = 7.9f) float melLevel) {
        float[] back = back(level, melLevel);
        assertThat(back[0]).isCloseTo(level, within(HALF_A_STEP)).isEqualTo(LevelBytes.round(level));
        assertThat(back[1]).isCloseTo(melLevel, within(HALF_A_STEP)).isEqualTo(LevelBytes.round(melLevel));
    }

    @Property
    void shouldKeepWhatWasRounded(@ForAll @FloatRange(min = -200, max = 100) float level) {
        float once = LevelBytes.round(level);
        assertThat(LevelBytes.round(once)).isEqualTo(once);
    }

    @Example
    void shouldKeepSilenceAsItIsAndStayInRange() {
        assertThat(back(-120, -300)).containsExactly(-120, -120);
        assertThat(back(300, 0)).containsExactly(-120 + 4095 / 32f, 0);
    }

    @Example
    void shouldReadLevelsOfEarlierReleases() {
        ByteBuffer halves = ByteBuffer.allocate(4).putShort(Half.toHalf(-31.3f)).putShort(Half.toHalf(-77.7f));
        float[] levels = new float[1];
        float[] melLevels = new float[1];
        LevelBytes.readHalves(halves.flip(), levels, melLevels, 0);
        assertThat(levels[0]).isEqualTo(LevelBytes.round(levels[0])).isCloseTo(-31.3f, within(0.04f));
        assertThat(melLevels[0]).isEqualTo(LevelBytes.round(melLevels[0])).isCloseTo(-77.7f, within(0.06f));
    }

    private static float[] back(float level, float melLevel) {
        ByteBuffer bytes = ByteBuffer.allocate(LevelBytes.BYTES);
        LevelBytes.write(level, melLevel, bytes);
        float[] levels = new float[2];
        float[] melLevels = new float[2];
        LevelBytes.read(bytes.flip(), levels, melLevels, 1);
        assertThat(bytes.hasRemaining()).isFalse();
        return new float[] {levels[1], melLevels[1]};
    }
}
