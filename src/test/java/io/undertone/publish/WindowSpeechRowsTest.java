package io.undertone.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.MfccWindow;
import io.undertone.Role;
import io.undertone.codec.UnreadableRecordException;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.ingest.LegId;
import io.undertone.window.Window;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class WindowSpeechRowsTest {
    private static final FeatureSpec SPEC = FeatureSpecs.telephone();

    private final WindowRecords records = new WindowRecords(SPEC);

    private static Window window() {
        BitSet speech = new BitSet();
        speech.set(1, 3);
        float[] values = new float[4 * SPEC.coefficients()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 4f;
        }
        return new Window(7, 7_000, 10_000, 123_456, 0.5f, -30, 4, speech, values);
    }

    @Test
    void shouldGiveBackEveryRowAndWhichOfThemAreSpeech() throws UnreadableRecordException {
        MfccWindow record = records.ofWindow(new LegId("call", Role.CUSTOMER), window());
        Window back = records.window(record);
        assertThat(back.rows()).isEqualTo(4);
        for (int row = 0; row < 4; row++) {
            assertThat(back.isSpeech(row)).as("row %d", row).isEqualTo(row == 1 || row == 2);
        }
        for (int i = 0; i < back.length(); i++) {
            assertThat(back.get(i)).isEqualTo(window().get(i));
        }
    }

    @Test
    void shouldRefuseSpeechRowsThatDoNotExist() {
        MfccWindow record = MfccWindow.newBuilder(records.ofWindow(new LegId("call", Role.CUSTOMER), window()))
                .setSpeechRows(ByteBuffer.wrap(new byte[] {0x10}))
                .build();
        assertThatThrownBy(() -> records.window(record))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("speechRows must name rows only: rows=4, last speech row=4");
    }
}
