package io.undertone.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.BundleWriter;
import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.failure.Failure;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.features.VoiceSpec;
import io.undertone.training.BundlePapers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code undertone bundle detector}. */
@Command(
        name = "detector",
        description = {
            "Writes a new version of a bundle that tells voices from music, tones and noise by this release's newest detector. All else stays,"
                    + " its weights too.",
            "Its windows are of another feature spec: both stages must be given the new version, as with any new bundle."
        })
final class BundleDetectorCommand extends UndertoneSubcommand {
    @Mixin
    private NewVersion derived = new NewVersion();

    @Override
    public Integer call() throws IOException {
        Path folder = derived.from(surroundings().home());
        BundleContent before = Bundle.open(folder).content();
        String from = before.name() + " " + before.version();
        VoiceSpec old = before.features().voice();
        if (old == null) {
            throw new Failure(
                    from + " tells no voices from music: train it with a recipe that does, such as telephone");
        }
        FeatureSpec features = FeatureSpecs.withNewestVoice(before.features());
        VoiceSpec voice = Objects.requireNonNull(features.voice());
        if (voice.equals(old)) {
            throw new Failure(from + " has the newest detector already: " + voice.network());
        }
        ObjectNode provenance = before.provenance();
        provenance.put("detectorFrom", from + ", " + old.network());
        BundleContent made = before.withFeatures(derived.of(() -> before, "detector"), features, provenance);
        Path written = BundleWriter.write(
                derived.models(),
                made,
                LocalDate.now(ZoneOffset.UTC),
                BundlePapers.of(folder).retitled(made, change(from, old.network(), voice.network())),
                OnnxExport::besideWeights);
        say("wrote " + written + ", which tells voices by " + voice.network() + " in place of " + old.network());
        return Errors.DONE;
    }

    private static String change(String from, String old, String detector) {
        return "The voters are those of " + from
                + ". Voices are distinguished from music, tones and noise by the detector " + detector + " in place of "
                + old + ". Figures below are of that version and its detector.";
    }
}
