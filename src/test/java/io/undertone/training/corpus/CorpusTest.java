package io.undertone.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorpusTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadAManifestInOrderOfFileNames() throws IOException {
        touch("b.wav", "sub/a.flac");
        manifest("file,speaker,label,more", "b.wav,ann,Anger,x", "sub/a.flac,bob,calm,y");
        Corpus corpus = Corpus.open(folder);
        assertThat(corpus.clips()).extracting(Clip::label).containsExactly("calm", "angry");
        assertThat(corpus.speakers()).containsExactly("ann", "bob");
        assertThat(corpus.balance()).containsEntry("calm", 1L).containsEntry("angry", 1L);
    }

    @Test
    void shouldReadAManifestThatASpreadsheetWrote() throws IOException {
        touch("a.wav", "b.wav");
        Files.writeString(
                folder.resolve("manifest.csv"), "\ufefffile,speaker,label\r\na.wav,ann,sad\r\n\"b.wav\",bob,calm\r\n");

        assertThat(Corpus.open(folder).clips()).extracting(Clip::label).containsExactly("sad", "calm");
    }

    @ParameterizedTest
    @CsvSource({
        "Actor_12/03-01-06-01-02-01-12.wav, ravdess, Actor_12, fearful",
        "wav/03a01Fa.wav, emodb, 03, happy",
        "wav/16b10Lb.wav, emodb, 16, bored",
        "AudioWAV/1001_DFA_ANG_XX.wav, crema-d, 1001, angry",
        "OAF_Pleasant_surprise/OAF_back_ps.wav, tess, OA, surprised",
        "OAF_neutral/OA_bite_neutral.wav, tess, OA, neutral",
        "YAF_fear/YAF_dog_fear.wav, tess, YA, fearful",
        "samples/EB0_happiness_10.wav, nemo, EB0, happy",
    })
    void shouldReadCorporaAsTheirAuthorsShipThem(String file, String name, String speaker, String label)
            throws IOException {
        touch(file);
        Corpus corpus = Corpus.open(folder);
        assertThat(corpus.name()).isEqualTo(name);
        assertThat(corpus.clips()).containsExactly(new Clip(name, folder.resolve(file), speaker, label));
    }

    @Test
    void shouldLeaveOutSongsAndVideoOfRavdess() throws IOException {
        touch("03-02-06-01-02-01-12.wav", "03-01-05-01-02-01-12.wav", "01-01-05-01-02-01-12.wav");
        assertThat(Corpus.open(folder).clips()).hasSize(1);
    }

    @Test
    void shouldNameMissingFiles() throws IOException {
        touch("a.wav");
        manifest("file,speaker,label", "a.wav,ann,sad", "gone.wav,bob,sad");
        assertThatThrownBy(() -> Corpus.open(folder))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("missing=1")
                .hasMessageContaining("gone.wav");
    }

    @Test
    void shouldNameUnknownLabels() throws IOException {
        touch("a.wav", "b.wav");
        manifest("file,speaker,label", "a.wav,ann,angy", "b.wav,bob,sad");
        assertThatThrownBy(() -> Corpus.open(folder))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("angy=1");
        assertThat(Corpus.openLeniently(folder).clips()).extracting(Clip::label).containsExactly("angy", "sad");
    }

    @Test
    void shouldNameMissingColumns() throws IOException {
        manifest("path,speaker,label");
        assertThatThrownBy(() -> Corpus.open(folder))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("[file, speaker, label]");
    }

    @Test
    void shouldRefuseToTrainOnOneClassOrOneSpeaker() throws IOException {
        touch("a.wav", "b.wav");
        manifest("file,speaker,label", "a.wav,ann,sad", "b.wav,bob,sad");
        assertThatThrownBy(() -> Corpus.open(folder).requireTrainable()).hasMessageContaining("two classes");
        manifest("file,speaker,label", "a.wav,ann,sad", "b.wav,ann,happy");
        assertThatThrownBy(() -> Corpus.open(folder).requireTrainable()).hasMessageContaining("two speakers");
    }

    @Test
    void shouldRefuseAFolderThatHoldsNoCorpus() {
        assertThatThrownBy(() -> Corpus.open(folder)).hasMessageContaining("manifest.csv");
        assertThatThrownBy(() -> Corpus.open(folder.resolve("none"))).hasMessageContaining("must be a folder");
    }

    private void manifest(String... lines) throws IOException {
        Files.writeString(folder.resolve("manifest.csv"), String.join("\n", lines) + "\n");
    }

    private void touch(String... files) throws IOException {
        for (String file : files) {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.write(path, new byte[0]);
        }
    }
}
