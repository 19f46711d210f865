package io.undertone.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.MfccWindow;
import io.undertone.Role;
import io.undertone.codec.AvroCodec;
import io.undertone.codec.UnreadableRecordException;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.ingest.LegId;
import io.undertone.window.Half;
import io.undertone.window.Window;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowRecordsTest {
    private static final LegId LEG = new LegId("call-1", Role.CUSTOMER);

    private final AvroCodec<MfccWindow> codec = new AvroCodec<>(MfccWindow.class);

    @Test
    void shouldComeBackAsItWasInAByteANumberWhereThatLosesNothing() throws Exception {
        Window steps = steps(100);
        MfccWindow record = roundTrip(FeatureSpecs.telephone(), steps);
        assertThat(record.getCoefficients().remaining()).isEqualTo(100 * 40);
        assertThat(record.getScales().remaining()).isEqualTo(40 * 4);
        assertThat(new WindowRecords(FeatureSpecs.telephone()).window(record)).hasToString(steps.toString());
    }

    /** Scales of three rows are longer than what bytes spare; and no length says two things. */
    @Test
    void shouldWriteFewRowsAsNumbers() throws Exception {
        MfccWindow record = roundTrip(FeatureSpecs.telephone(), steps(3));
        assertThat(record.getCoefficients().remaining()).isEqualTo(3 * 40 * 2);
        assertThat(record.getScales().remaining()).isZero();
    }

    @Test
    void shouldRefuseBytesWithoutAScaleForEach() {
        WindowRecords records = new WindowRecords(FeatureSpecs.telephone());
        MfccWindow record = records.ofWindow(LEG, steps(10));
        MfccWindow fewerScales = MfccWindow.newBuilder(record)
                .setScales(ByteBuffer.wrap(new byte[39 * 4]))
                .build();
        assertThatThrownBy(() -> records.window(fewerScales))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("scales must be empty or 4 bytes for each of 40 coefficients: size=156 bytes");
        MfccWindow fewerBytes = MfccWindow.newBuilder(record)
                .setCoefficients(ByteBuffer.wrap(new byte[399]))
                .build();
        assertThatThrownBy(() -> records.window(fewerBytes))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("coefficients must be rows x 40 bytes where there are scales: rows=10, size=399");
    }

    @Test
    void shouldCarryThePitchOfEachRow() throws Exception {
        FeatureSpec pitched = FeatureSpecs.telephone().withPitch(FeatureSpecs.TELEPHONE_PITCH);
        Window window = window(7, 43, true);

        Window read = new WindowRecords(pitched).window(roundTrip(pitched, window));

        assertThat(read.length()).isEqualTo(7 * 43);
        for (int i = 0; i < read.length(); i++) {
            assertThat(read.get(i)).isEqualTo(window.get(i));
        }
    }

    @Test
    void shouldCarryTheContrastOfAWindow() throws Exception {
        FeatureSpec spec = FeatureSpecs.telephone().withContrast(FeatureSpecs.TELEPHONE_CONTRAST);
        float[] contrast = {0.1f, -0.2f, 1.5f, -3, 0};
        Window plain = steps(5);
        float[] values = new float[plain.length()];
        plain.copyTo(values, 0);
        BitSet speech = new BitSet();
        speech.set(0, 5);
        Window window = new Window(4, 4000, 7000, 1_790_000_007_000L, 0.5f, -31.5f, 5, speech, values, contrast);
        WindowRecords records = new WindowRecords(spec);

        assertThat(records.window(roundTrip(spec, window))).hasToString(window.toString());
        assertThat(records.window(roundTrip(spec, plain)).contrastLength()).isZero();
        MfccWindow record = records.ofWindow(LEG, window);
        assertThatThrownBy(() -> records.window(MfccWindow.newBuilder(record)
                        .setContrast(List.of(1f, 2f))
                        .build()))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("contrast must be empty or 5 numbers for this spec: size=2");
        assertThatThrownBy(() -> records.window(MfccWindow.newBuilder(record)
                        .setContrast(List.of(1f, 2f, 3f, 4f, Float.POSITIVE_INFINITY))
                        .build()))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("contrast must be finite");
    }

    @Test
    void shouldRefuseAStepThatIsNotFinite() {
        WindowRecords records = new WindowRecords(FeatureSpecs.telephone());
        MfccWindow record = records.ofWindow(LEG, steps(10));
        byte[] scales = new byte[40 * 4];
        record.getScales().duplicate().get(scales);
        scales[3] = 0x7c;
        MfccWindow endless =
                MfccWindow.newBuilder(record).setScales(ByteBuffer.wrap(scales)).build();
        assertThatThrownBy(() -> records.window(endless))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("must be finite");
    }

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

    /** Each coefficient in steps of another size. */
    private static Window steps(int rows) {
        Random random = new Random(rows);
        float[] coefficients = new float[rows * 40];
        for (int i = 0; i < coefficients.length; i++) {
            int step = i < 40 ? 0 : i < 80 ? 255 : random.nextInt(256);
            coefficients[i] = (step - 20 * (i % 8)) * (1 + i % 8) / 16f;
        }
        return new Window(4, 4000, 7000, 1_790_000_007_000L, 0.5f, -31.5f, rows, coefficients);
    }

    private MfccWindow roundTrip(FeatureSpec spec, Window window) throws Exception {
        return codec.decode(codec.encode(new WindowRecords(spec).ofWindow(LEG, window)));
    }

    private static Window window(int rows, boolean halves) {
        return window(rows, 40, halves);
    }

    private static Window window(int rows, int width, boolean halves) {
        Random random = new Random(rows);
        float[] coefficients = new float[rows * width];
        for (int i = 0; i < coefficients.length; i++) {
            float value = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(5) - 2));
            coefficients[i] = halves ? Half.round(value) : value;
        }
        return new Window(4, 4000, 7000, 1_790_000_007_000L, 0.5f, -31.5f, rows, coefficients);
    }
}
