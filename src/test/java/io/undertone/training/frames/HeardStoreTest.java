package io.undertone.training.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.features.FrontEnd;
import io.undertone.training.corpus.Clip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeardStoreTest {
    @TempDir
    Path folder;

    private Clip clip;

    @BeforeEach
    void recordingExists() throws IOException {
        Path file = Files.writeString(folder.resolve("a.wav"), "recording");
        clip = new Clip("corpus", file, "speaker", "happy");
    }

    @Test
    void shouldGiveBackWhatWasHeard() {
        HeardStore store = new HeardStore(folder.resolve("heard"), "spec");
        WindowCopy window = window();

        store.write(clip, 3, List.of(window));

        List<WindowCopy> read = store.read(clip, 3).orElseThrow();
        assertThat(read).hasSize(1);
        assertThat(read.get(0).rows()).isEqualTo(window.rows()).isPositive();
        assertThat(read.get(0).speechRows()).isEqualTo(window.speechRows());
        assertThat(read.get(0).statistics()).isEqualTo(window.statistics());
        for (int i = 0; i < window.rows() * PictureInput.BANDS_AND_PITCH.height(); i++) {
            assertThat(read.get(0).get(i)).isEqualTo(window.get(i));
        }
    }

    @Test
    void shouldNotTakeWhatDependsOnOtherChoicesOrAnotherRecording() throws IOException {
        HeardStore store = new HeardStore(folder, "spec");
        store.write(clip, 3, List.of(window()));

        assertThat(store.read(clip, 4)).isEmpty();
        assertThat(new HeardStore(folder, "other spec").read(clip, 3)).isEmpty();
        Files.writeString(clip.file(), "another recording");
        assertThat(store.read(clip, 3)).isEmpty();
    }

    @Test
    void shouldTakeAFileThatWasCutShortForNone() throws IOException {
        HeardStore store = new HeardStore(folder.resolve("heard"), "spec");
        store.write(clip, 3, List.of(window()));
        try (var files = Files.list(folder.resolve("heard"))) {
            Path file = files.findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        }

        assertThat(store.read(clip, 3)).isEmpty();
    }

    private static WindowCopy window() {
        FrontEnd frontEnd = FrontEnd.withTract(PictureInput.BANDS_AND_PITCH.spec(), 1);
        float[] samples = new float[32_000];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) ((i / 2_000 % 2 == 0 ? 0.3 : 0.001) * random.nextDouble(-1, 1));
        }
        return WindowCopy.draw(HeardFrames.of(samples, frontEnd), frontEnd, PictureInput.BANDS_AND_PITCH, random);
    }
}
