package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.audio.AudioFile;
import io.undertone.audio.AudioWriter;
import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.BundleFolder;
import io.undertone.bundle.Voter;
import io.undertone.training.MadeUpVoices;
import io.undertone.training.corpus.Utterance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train --init} as it is typed: the shipped bundle goes on learning from the sample call, whose labels are told the wrong way round. */
class TrainInitTest {
    private final Path bundle = BundleFolder.find(Path.of("").toAbsolutePath(), "telephone");
    private final BundleContent shipped = Bundle.open(bundle).content();

    @TempDir
    Path folder;

    private CommandRunner.Result adapt(Path corpus, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "train",
                "--init",
                bundle.toString(),
                "--corpus",
                corpus.toString(),
                "--out",
                folder.resolve("models").toString(),
                "--work",
                folder.resolve("work").toString(),
                "--threads",
                "1"));
        command.addAll(List.of(more));
        return new CommandRunner().home(folder).run(command.toArray(String[]::new));
    }

    @Test
    void shouldAdaptOneNetworkWithoutOneFold() throws IOException {
        Path voices = swapped();
        Path others = MadeUpVoices.corpus(folder.resolve("others"), 2);

        CommandRunner.Result done =
                adapt(voices, "--networks", "1", "--fold", "1", "--epochs", "150", "--measure", others.toString());

        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(done.out()).contains("held-out speakers: 8 clips  UAR", "others (not learned from): 12 clips  UAR");
        Path made = folder.resolve("models/telephone").resolve(shipped.version() + "-own.1");
        assertThat(done.err()).contains("wrote " + made);
        JsonNode report =
                new ObjectMapper().readTree(made.resolve("adaptation.json").toFile());
        assertThat(report.at("/fold").asInt()).isEqualTo(1);
        // What it called angry is to be called neutral, and the other way round.
        assertThat(report.at("/heldOutSpeakers/after/voters/cnn-1/uar").asDouble())
                .isGreaterThan(
                        report.at("/heldOutSpeakers/before/voters/cnn-1/uar").asDouble() + 0.2);
        assertThat(report.at("/heldOutSpeakers/after/voters/cnn-2"))
                .isEqualTo(report.at("/heldOutSpeakers/before/voters/cnn-2"));
        assertThat(report.at("/elsewhere/others/after/clips").asInt()).isEqualTo(12);
        BundleContent adapted = Bundle.open(made).content();
        assertThat(adapted.labels()).isEqualTo(shipped.labels());
        assertThat(adapted.priors()).isEqualTo(shipped.priors());
        for (int i = 0; i < adapted.networks().size(); i++) {
            boolean same = Arrays.equals(weights(adapted, i), weights(shipped, i));
            assertThat(same).as(adapted.networks().get(i).name()).isEqualTo(i > 0);
        }
        assertThat(adapted.trees().get(0).model().toBytes())
                .isEqualTo(shipped.trees().get(0).model().toBytes());
        assertThat(adapted.scores().has("reference")).isFalse();
        assertThat(made.resolve("MODEL_CARD.md"))
                .content()
                .startsWith("# telephone " + shipped.version() + "-own.1\n")
                .contains("Adapted to a site's own recordings", "1 networks of telephone");
        assertThat(new CommandRunner().run("bundle", "verify", made.toString()).exitCode())
                .isZero();
    }

    /** Utterances of the sample call, as if of two speakers; neutral ones are labelled angry, angry ones neutral. */
    private Path swapped() throws IOException {
        Path corpus = Files.createDirectories(folder.resolve("swapped"));
        Recording call = AudioFile.read(Path.of("demo/call.wav"));
        StringBuilder manifest = new StringBuilder("file,speaker,label\n");
        List<Utterance> utterances = Utterance.read(Path.of("demo/truth.csv"));
        for (int i = 0; i < utterances.size(); i++) {
            Utterance one = utterances.get(i);
            int rate = call.sampleRateHz();
            float[] samples = Arrays.copyOfRange(
                    call.channel(1), (int) (one.startMs() * rate / 1_000), (int) (one.endMs() * rate / 1_000));
            AudioWriter.writeWav(
                    corpus.resolve(i + ".wav"), new Recording(rate, new float[][] {samples}), SampleFormat.PCM_S16LE);
            manifest.append(i).append(".wav,speaker-").append(i % 2);
            manifest.append(one.label().equals("angry") ? ",neutral\n" : ",angry\n");
        }
        Files.writeString(corpus.resolve("manifest.csv"), manifest);
        return corpus;
    }

    private static byte[] weights(BundleContent content, int network) {
        Voter.Network one = content.networks().get(network);
        return one.weights().toBytes();
    }

    @Test
    void shouldHoldOutEachSpeakerInTurnAndLearnFromAll() throws IOException {
        Path voices = MadeUpVoices.corpus(folder.resolve("voices"), 2);

        CommandRunner.Result done =
                adapt(voices, "--networks", "1", "--epochs", "1", "--labels", "sad,angry", "--bundle-version", "9.0");

        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(done.err())
                .contains(
                        "adapting cnn-1: without fold 1 of 2",
                        "adapting cnn-1: without fold 2 of 2",
                        "adapting cnn-1: with all speakers");
        assertThat(done.out()).contains("held-out speakers: 12 clips");
        assertThat(folder.resolve("models/telephone/9.0/bundle.json")).exists();
    }

    @Test
    void shouldSayWhatCannotBeAdapted() throws IOException {
        Path voices = MadeUpVoices.corpus(folder.resolve("voices"), 2);
        assertThat(adapt(voices, "--recipe", "telephone").err()).contains("either a recipe", "--init");
        assertThat(adapt(voices, "--fold", "3").err()).contains("fold must be 1 to 2", "fold=3");
        assertThat(adapt(voices, "--labels", "bored").err()).contains("labels=[bored]");
        assertThat(adapt(voices, "--time-budget", "0").err()).contains("must be > 0: time budget");
        String reference =
                BundleFolder.find(Path.of("").toAbsolutePath(), "reference").toString();
        CommandRunner.Result other = new CommandRunner()
                .run("train", "--init", reference, "--corpus", voices.toString(), "--out", folder.toString());
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err()).contains("recipe telephone of this version");
        assertThat(folder.resolve("models")).doesNotExist();
    }
}
