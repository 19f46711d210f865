package io.undertone.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.undertone.audio.AudioFile;
import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import io.undertone.features.FeatureSpecs;
import io.undertone.ingest.Chunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A real call of {@code ../shared/data/calls}, skipped where that is absent. */
class RealCallTest {
    private static final Path CALL = Path.of("../shared/data/calls/call-1.wav");

    @Test
    void shouldMakeWindowsOfARealCall() throws IOException {
        assumeTrue(Files.exists(CALL), "skipped: " + CALL + " is absent");
        Recording call = AudioFile.read(CALL);
        float[] customer = call.channel(1);
        List<Chunk> chunks = Audio.chunks(customer, call.sampleRateHz(), SampleFormat.MULAW, 1_600);

        LegRun telephone = new LegRun(FeatureSpecs.telephone(), LegSettings.DEFAULT, chunks);
        LegRun reference = new LegRun(FeatureSpecs.reference(), LegSettings.DEFAULT, chunks);

        assertThat(telephone.report.durationMs()).isEqualTo(call.durationMs());
        assertThat(telephone.report.windows()).isPositive().isEqualTo(telephone.windows.size());
        assertThat(telephone.report.windows() + telephone.report.silentWindows())
                .isEqualTo(reference.report.windows() + reference.report.silentWindows())
                .isGreaterThanOrEqualTo((int) (call.durationMs() / 1000 - 2));
        assertThat(reference.windows)
                .allSatisfy(window -> assertThat(window.rows()).isEqualTo(1));
    }
}
