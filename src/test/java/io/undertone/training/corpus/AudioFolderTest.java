package io.undertone.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudioFolderTest {
    @TempDir
    Path folder;

    @Test
    void shouldTakeEachFileForASpeakerWhereNoManifestSaysOtherwise() throws IOException {
        touch("b.WAV", "deep/er/a.flac", "notes.txt");

        Corpus all = AudioFolder.all(folder);

        assertThat(all.name()).isEqualTo(folder.getFileName().toString());
        assertThat(all.clips()).extracting(Clip::speaker).containsExactly("b.WAV", "deep/er/a.flac");
        assertThat(all.clips()).extracting(Clip::label).containsOnly(AudioFolder.UNLABELLED);
        assertThat(AudioFolder.ordinary(folder)).isEqualTo(all);
    }

    @Test
    void shouldNeedNoMoreThanFilesInAManifest() throws IOException {
        touch("one.wav", "two.wav", "unlisted.wav");
        Files.writeString(folder.resolve("manifest.csv"), "file\none.wav\ntwo.wav\n");

        assertThat(AudioFolder.ordinary(folder).clips())
                .extracting(Clip::speaker)
                .containsExactly("one.wav", "two.wav");
    }

    @Test
    void shouldLeaveOutEmotionsFromOrdinarySpeech() throws IOException {
        touch("1.wav", "2.wav", "3.wav", "4.wav");
        Files.writeString(
                folder.resolve("manifest.csv"),
                "file,speaker,label\n1.wav,ann,neutral\n2.wav,ann,anger\n3.wav,bob,calmness\n4.wav,,\n");

        assertThat(AudioFolder.all(folder).clips())
                .extracting(Clip::label)
                .containsExactly("neutral", "angry", "calm", "");
        assertThat(AudioFolder.ordinary(folder).clips())
                .extracting(Clip::speaker)
                .containsExactly("ann", "bob", "4.wav");
    }

    @Test
    void shouldSayWhatIsWrong() throws IOException {
        assertThatThrownBy(() -> AudioFolder.all(folder.resolve("nowhere")))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> AudioFolder.all(folder)).hasMessageContaining("must hold a WAV or FLAC file");
        Files.writeString(folder.resolve("manifest.csv"), "name\none.wav\n");
        assertThatThrownBy(() -> AudioFolder.all(folder)).hasMessageContaining("columns=[name]");
        Files.writeString(folder.resolve("manifest.csv"), "file,label\none.wav,sad\n");
        assertThatThrownBy(() -> AudioFolder.all(folder)).hasMessageContaining("missing=1");
        touch("one.wav");
        assertThatThrownBy(() -> AudioFolder.ordinary(folder))
                .hasMessageContaining("labelled neutral or calm")
                .hasMessageContaining("{sad=1}");
    }

    private void touch(String... names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
    }
}
