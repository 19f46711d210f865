package io.undertone.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.MfccWindow;
import io.undertone.Role;
import io.undertone.codec.AvroCodec;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.ingest.LegId;
import io.undertone.window.Half;
import io.undertone.window.Window;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowRecordsTest {
    private static final LegId LEG = new LegId("call-1", Role.CUSTOMER);

    private final AvroCodec<MfccWindow> codec = new AvroCodec<>(MfccWindow.class);

    @Test
    void shouldComeBackAsItWasInTwoBytesANumberWhereThatLosesNothing() throws Exception {
        Window halves = window(100, true);
        MfccWindow record = roundTrip(FeatureSpecs.telephone(), halves);
        assertThat(record.getCoefficients().remaining()).isEqualTo(100 * 40 * 2);
        assertThat(new WindowRecords(FeatureSpecs.telephone()).window(record)).hasToString(halves.toString());
    }

    @Test
    void shouldComeBackAsItWasInFourBytesANumberWhereTwoWouldNotDo() throws Exception {
        Window floats = window(1, false);
        MfccWindow record = roundTrip(FeatureSpecs.reference(), floats);
        assertThat(record.getCoefficients().remaining()).isEqualTo(40 * 4);
        assertThat(new WindowRecords(FeatureSpecs.reference()).window(record)).hasToString(floats.toString());
    }

    private MfccWindow roundTrip(FeatureSpec spec, Window window) throws Exception {
        return codec.decode(codec.encode(new WindowRecords(spec).ofWindow(LEG, window)));
    }

    private static Window window(int rows, boolean halves) {
        Random random = new Random(rows);
        float[] coefficients = new float[rows * 40];
        for (int i = 0; i < coefficients.length; i++) {
            float value = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(5) - 2));
            coefficients[i] = halves ? Half.round(value) : value;
        }
        return new Window(4, 4000, 7000, 1_790_000_007_000L, 0.5f, -31.5f, rows, coefficients);
    }
}
