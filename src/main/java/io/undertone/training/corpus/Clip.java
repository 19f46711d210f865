package io.undertone.training.corpus;

import java.nio.file.Path;

/**
 * One labelled recording of one speaker.
 *
 * @param corpus name of the corpus it belongs to, such as {@code ravdess}
 * @param file the recording: WAV or FLAC at any rate
 * @param speaker who speaks; unique within the corpus
 * @param label the emotion, in the words of {@link LabelMaps}
 */
public record Clip(String corpus, Path file, String speaker, String label) {
    /** Corpus and speaker, unique across corpora: {@code ravdess/Actor_01}. */
    public String speakerKey() {
        return corpus + "/" + speaker;
    }

    /** Corpus and file name: the seed of per-clip randomness, so that it doesn't depend on order or folder. */
    public String key() {
        return corpus + "/" + file.getFileName();
    }
}
