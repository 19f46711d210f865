package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.audio.AudioFile;
import io.undertone.audio.AudioWriter;
import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import io.undertone.bundle.BundleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures what the shipped bundle makes of the sample call's customer, whom it was not trained on, and writes it down. */
class BundleReferenceTest {
    private final CommandRunner runner = new CommandRunner();

    @TempDir
    Path folder;

    @Test
    void shouldWriteWhatDriftIsSeenAgainst() throws Exception {
        DefaultBundle.isNeeded();
        Path bundle = copy(BundleFolder.find(Path.of("").toAbsolutePath(), "telephone"));
        Path corpus = Files.createDirectories(folder.resolve("our-calls"));
        Recording call = AudioFile.read(Path.of("demo/call.wav"));
        AudioWriter.writeWav(
                corpus.resolve("customer.wav"),
                new Recording(call.sampleRateHz(), new float[][] {call.channel(1)}),
                SampleFormat.PCM_S16LE);
        Files.writeString(corpus.resolve("manifest.csv"), "file,speaker,label\ncustomer.wav,someone,unknown\n");
        JsonNode before = manifest(bundle);

        CommandRunner.Result measured =
                runner.run("bundle", "reference", bundle.toString(), "--corpus", corpus.toString());

        assertThat(measured.exitCode()).as(measured.err()).isZero();
        JsonNode after = manifest(bundle);
        JsonNode reference = after.at("/scores/reference");
        assertThat(reference.get("windows").asInt()).isBetween(25, 75);
        assertThat(reference.get("basis").asText()).contains("our-calls: 1 speakers");
        assertThat(reference.get("figures")).hasSize(4);
        // Nothing else changed, and the bundle is as sound as before.
        ((ObjectNode) after.get("scores")).remove("reference");
        ((ObjectNode) before.get("scores")).remove("reference");
        assertThat(after).isEqualTo(before);
        CommandRunner.Result verified = runner.run("bundle", "verify", bundle.toString());
        assertThat(verified.exitCode()).as(verified.err()).isZero();
    }

    private static JsonNode manifest(Path bundle) throws IOException {
        return new ObjectMapper().readTree(bundle.resolve("bundle.json").toFile());
    }

    private Path copy(Path bundle) throws IOException {
        Path copy = Files.createDirectories(folder.resolve("telephone"));
        try (Stream<Path> files = Files.list(bundle)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }
}
