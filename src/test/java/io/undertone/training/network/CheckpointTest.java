package io.undertone.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static final List<EpochScore> HISTORY =
            List.of(new EpochScore(1, 2.5, 0.25, 2, 0.5), new EpochScore(2, 1.5, Double.NaN, Double.NaN, Double.NaN));

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("member-1.ckpt");
    }

    private Checkpoint write() throws IOException {
        Checkpoint checkpoint = new Checkpoint("run", HISTORY, 1, new byte[] {1, 2, 3}, new byte[] {9});
        checkpoint.write(file());
        return checkpoint;
    }

    @Test
    void shouldReadWhatItWrote() throws IOException {
        Checkpoint written = write();

        assertThat(Checkpoint.read(file(), "run")).hasValueSatisfying(read -> {
            assertThat(read.history()).isEqualTo(HISTORY);
            assertThat(read.bestEpoch()).isEqualTo(1);
            assertThat(read.state()).isEqualTo(written.state());
            assertThat(read.best()).isEqualTo(written.best());
        });
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".part"));
    }

    @Test
    void shouldNotReadThatOfAnotherRunOrNone() throws IOException {
        assertThat(Checkpoint.read(file(), "run")).isEmpty();
        write();
        assertThat(Checkpoint.read(file(), "another run")).isEmpty();
    }

    /** Whichever byte is damaged, and wherever it is cut, it is as good as none. */
    @Test
    void shouldReadNothingThatIsDamagedOrCutShort() throws IOException {
        write();
        byte[] whole = Files.readAllBytes(file());
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x40;
            Files.write(file(), damaged);
            assertThat(Checkpoint.read(file(), "run")).as("byte %s", i).isEmpty();
            Files.write(file(), Arrays.copyOf(whole, i));
            assertThat(Checkpoint.read(file(), "run")).as("cut at %s", i).isEmpty();
        }
    }

    @Test
    void shouldReplaceTheOneBefore() throws IOException {
        write();
        new Checkpoint("run", HISTORY.subList(0, 1), 0, new byte[0], new byte[0]).write(file());

        assertThat(Checkpoint.read(file(), "run"))
                .hasValueSatisfying(read -> assertThat(read.history()).hasSize(1));
    }
}
