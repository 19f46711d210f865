package io.undertone.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.undertone.audio.AudioFile;
import io.undertone.features.FeatureSpec.LevelNormalisation;
import io.undertone.features.FeatureSpec.Pooling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Agreement with librosa 0.9.2 ({@code librosa.feature.mfcc}, 40 coefficients) on 40 real clips, whose values stand beside the corpora
 * in {@code ../shared/data/golden}. Those may not be redistributed, so the test is skipped where they are absent;
 * {@link DefinitionGoldenTest} holds the definitions everywhere.
 */
class LibrosaGoldenTest {
    private static final Path DATA = Path.of("../shared/data");
    private static final float TOLERANCE = 1e-2f;

    @Test
    void shouldAgreeOnTheMeansOfAllClips() throws IOException {
        List<String> lines = Files.readAllLines(golden("librosa-mfcc-mean.csv"));
        float worst = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            float[] samples = AudioFile.read(DATA.resolve(cells[0])).channel(0);
            FeatureSpec spec = spec(cells[1], cells[2], cells[3], cells[4]);
            worst = Math.max(worst, largestDifference(OfflineMfcc.mean(spec, samples), cells, 5));
        }
        assertThat(lines).hasSize(81);
        assertThat(worst).isLessThan(TOLERANCE);
    }

    @Test
    void shouldAgreeOnEachFrameOfAClip() throws IOException {
        List<String> lines = Files.readAllLines(golden("librosa-mfcc-frames.csv"));
        float[] samples = AudioFile.read(DATA.resolve("ravdess/03-01-02-02-02-01-01.flac"))
                .channel(0);
        float[][] frames = OfflineMfcc.frames(spec("16000", "2048", "512", "128"), samples);
        assertThat(frames).hasNumberOfRows(lines.size() - 1);
        float worst = 0;
        for (int i = 0; i < frames.length; i++) {
            worst = Math.max(
                    worst, largestDifference(frames[i], lines.get(i + 1).split(","), 0));
        }
        assertThat(worst).isLessThan(TOLERANCE);
    }

    private static Path golden(String name) {
        Path file = DATA.resolve("golden").resolve(name);
        assumeTrue(Files.exists(file), "skipped: " + file + " is absent");
        return file;
    }

    static FeatureSpec spec(String rateHz, String fft, String hop, String bands) {
        int rate = Integer.parseInt(rateHz);
        int frame = Integer.parseInt(fft);
        return new FeatureSpec(
                rate,
                frame,
                Integer.parseInt(hop),
                frame,
                Integer.parseInt(bands),
                0,
                rate / 2.0,
                -100,
                40,
                3000,
                1000,
                Pooling.MEAN,
                0,
                0,
                LevelNormalisation.NONE,
                FeatureSpecs.TELEPHONE_GATE);
    }

    static float largestDifference(float[] values, String[] cells, int from) {
        float worst = 0;
        for (int i = 0; i < values.length; i++) {
            worst = Math.max(worst, Math.abs(values[i] - Float.parseFloat(cells[from + i])));
        }
        assertThat(cells).as(() -> Arrays.toString(cells)).hasSize(from + values.length);
        return worst;
    }
}
