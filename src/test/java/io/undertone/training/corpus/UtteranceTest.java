package io.undertone.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UtteranceTest {
    @TempDir
    private Path folder;

    @Test
    void shouldReadItsColumnsWhateverStandsBeside() throws IOException {
        truth("call,role,start_ms,end_ms,label,source", "call-1,Customer,3087,5046,sad,a.flac");
        assertThat(Utterance.read(folder.resolve(Utterance.FILE)))
                .containsExactly(new Utterance("call-1", "customer", 3087, 5046, "sad"));
    }

    @Test
    void shouldSayHowMuchOfAWindowLiesInIt() {
        Utterance utterance = new Utterance("call-1", "customer", 1_000, 2_500, "sad");
        assertThat(utterance.shareOf(0, 3_000)).isEqualTo(0.5);
        assertThat(utterance.shareOf(1_000, 2_000)).isEqualTo(1);
        assertThat(utterance.shareOf(2_500, 5_500)).isZero();
    }

    @Test
    void shouldSayWhatIsWrong() throws IOException {
        assertThatThrownBy(() -> Utterance.read(folder.resolve(Utterance.FILE))).hasMessageContaining("truth.csv");
        truth("call,role,label", "call-1,customer,sad");
        assertThatThrownBy(() -> Utterance.read(folder.resolve(Utterance.FILE))).hasMessageContaining("start_ms");
        truth("call,role,start_ms,end_ms,label", "call-1,customer,soon,5046,sad");
        assertThatThrownBy(() -> Utterance.read(folder.resolve(Utterance.FILE)))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("line 2: start_ms=soon");
    }

    private void truth(String... lines) throws IOException {
        Files.writeString(folder.resolve(Utterance.FILE), String.join("\n", lines) + "\n");
    }
}
