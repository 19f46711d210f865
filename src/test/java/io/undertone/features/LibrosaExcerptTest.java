package io.undertone.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.AudioFile;
import io.undertone.audio.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Agreement with librosa 0.11.0 on recorded speech that the project may carry: 4 s in a FLAC file, and the coefficients that
 * {@code make-mfcc.py} beside it computed. {@link LibrosaGoldenTest} compares more where the corpora are.
 */
class LibrosaExcerptTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final float TOLERANCE = 1e-2f;

    @Test
    void shouldAgreeWithLibrosa() throws IOException {
        Recording recording = AudioFile.read(FOLDER.resolve("customer.flac"));
        FeatureSpec spec = LibrosaGoldenTest.spec("" + recording.sampleRateHz(), "1024", "256", "64");
        float[] samples = recording.channel(0);
        float[][] frames = OfflineMfcc.frames(spec, samples);
        List<String> lines = Files.readAllLines(FOLDER.resolve("mfcc.csv"));
        assertThat(lines).hasSize(2 + (frames.length + 9) / 10);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            float[] found =
                    cells[0].equals("mean") ? OfflineMfcc.mean(spec, samples) : frames[Integer.parseInt(cells[0])];
            assertThat(LibrosaGoldenTest.largestDifference(found, cells, 1))
                    .as(cells[0])
                    .isLessThan(TOLERANCE);
        }
    }
}
