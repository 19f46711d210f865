package io.undertone.features;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoiseFloorTest {
    private static final FeatureSpec SPEC = FeatureSpecs.telephone();

    @Test
    void shouldLiftEachBandToFiveDecibelsAboveItsFifteenthPercentile() {
        int bands = SPEC.melBands();
        float[][] logMel = new float[bands][20];
        for (int frame = 0; frame < 20; frame++) {
            for (int band = 0; band < bands; band++) {
                logMel[band][frame] = -60 + 2 * frame + band;
            }
        }
        new NoiseFloor(SPEC).lift(logMel, 20);
        // 0.15 x 20 = 3: frame 3 is at -54 + band, the floor at -49 + band, between frames 5 and 6.
        for (int band = 0; band < bands; band++) {
            assertThat(logMel[band][0]).isEqualTo(-49 + band);
            assertThat(logMel[band][5]).isEqualTo(-49 + band);
            assertThat(logMel[band][6]).isEqualTo(-48 + band);
            assertThat(logMel[band][19]).isEqualTo(-22 + band);
        }
    }

    @Test
    void shouldLeaveAllAsItIsWithoutAShare() {
        float[][] logMel = {{-80, -20, -50, -10}};
        new NoiseFloor(FeatureSpecs.reference()).lift(logMel, 0);
        assertThat(logMel[0]).containsExactly(-80, -20, -50, -10);
    }
}
