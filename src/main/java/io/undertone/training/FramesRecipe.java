package io.undertone.training;

import io.undertone.features.FeatureSpec;
import io.undertone.training.corpus.Clip;
import io.undertone.training.frames.FramesTraining;
import io.undertone.training.frames.PictureInput;
import io.undertone.training.network.EnsembleTrainer;
import io.undertone.training.network.FittedMember;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * The shipped default: five networks on spectrograms of a window's frames and XGBoost on their statistics, trained on acted emotions and
 * ordinary speech together. Labels that a clip's corpus lacks do not enter the loss.
 */
final class FramesRecipe implements Recipe {
    private final String name;
    private final PictureInput input;

    private FramesRecipe(String name, PictureInput input) {
        this.name = name;
        this.input = input;
    }

    /** Networks that see the bands. */
    static FramesRecipe telephone() {
        return new FramesRecipe("telephone", PictureInput.BANDS);
    }

    /** Networks that see bands and pitch. */
    static FramesRecipe telephonePitch() {
        return new FramesRecipe("telephone-pitch", PictureInput.BANDS_AND_PITCH);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String bundleName() {
        return name;
    }

    @Override
    public FeatureSpec features() {
        return input.served();
    }

    @Override
    public String description() {
        return "Five networks of about 0.1 million parameters each on the frames of a window (40 MFCCs turned back into log-mel"
                + " bands, the mean of the speech taken off" + (input.columns().isEmpty() ? "" : ", and its pitch")
                + ") and XGBoost on statistics of the same MFCCs, all trained on clips"
                + " heard over telephone lines drawn at random: band, speed, level, noise, mu-law, packet loss, vocal tract.";
    }

    @Override
    public String choices() {
        return FramesTraining.identity(input);
    }

    @Override
    public Prepared prepare(List<Clip> clips, RunSettings settings, IntConsumer progress) {
        FramesTraining training = FramesTraining.hear(
                input,
                clips,
                settings.seed(),
                settings.threads(),
                settings.work().resolve("heard"),
                progress);
        return new Prepared() {
            @Override
            public Optional<Fitted> fit(List<Clip> fitted, RunSettings run) throws IOException {
                return FramesRecipe.this.fit(training, fitted, run);
            }

            @Override
            public List<String> labels() {
                return training.labels();
            }

            @Override
            public Map<String, Double> learned() {
                return training.learned();
            }
        };
    }

    private Optional<Fitted> fit(FramesTraining training, List<Clip> clips, RunSettings run) throws IOException {
        Set<Clip> used = new HashSet<>(clips);
        String identity = name() + " seed=" + run.seed() + " clips=" + clips.size() + ":"
                + clips.stream().map(Clip::key).collect(Collectors.joining(",")).hashCode() + " "
                + FramesTraining.identityOfNetworks(input);
        Optional<List<FittedMember>> members = training.networks(
                new EnsembleTrainer(run.work(), identity, run.seed(), run.threads(), run.progress(), run.stop()),
                used::contains);
        return members.map(m -> new Fitted(training.voters(m, training.trees(used::contains, run.threads())), m));
    }
}
