package io.undertone.training.frames;

import io.undertone.bundle.InputPreparation;
import io.undertone.bundle.SpeechPicture;
import io.undertone.bundle.Voter;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What networks of the recipes {@code telephone} and {@code telephone-pitch} see. Immutable.
 *
 * @param spec the features for training clips, which always hold a voice
 * @param served the features for calls
 * @param picture how the bands are shown
 * @param columns which values of a window's row are shown after them, by index
 */
public record PictureInput(FeatureSpec spec, FeatureSpec served, SpeechPicture picture, List<Integer> columns) {
    /** Pictures of 150 steps of 20 ms; 12 dB correspond to one unit. */
    private static final SpeechPicture PICTURE = new SpeechPicture(150, 12, -3, 3);

    /** Bands alone. */
    public static final PictureInput BANDS =
            new PictureInput(FeatureSpecs.telephone(), FeatureSpecs.telephoneVoice(), PICTURE, List.of());

    /** Bands and pitch. */
    public static final PictureInput BANDS_AND_PITCH = new PictureInput(
            FeatureSpecs.telephone().withPitch(FeatureSpecs.TELEPHONE_PITCH),
            FeatureSpecs.telephoneVoice().withPitch(FeatureSpecs.TELEPHONE_PITCH),
            PICTURE,
            List.of(40, 40, 40, 41, 41, 42, 42, 42));

    /** What this voter of a bundle sees, if that is one of these. */
    static Optional<PictureInput> of(Voter.Network network, FeatureSpec windows) {
        return Stream.of(BANDS, BANDS_AND_PITCH)
                .filter(input -> network.preparation().equals(input.preparation())
                        && rows(windows).equals(rows(input.served)))
                .findFirst();
    }

    /** A spec without what its rows do not depend on. */
    private static FeatureSpec rows(FeatureSpec spec) {
        return spec.withVoice(null).withContrast(null);
    }

    /** The same for a bundle. */
    InputPreparation preparation() {
        return columns.isEmpty()
                ? new InputPreparation.Picture(picture)
                : new InputPreparation.WidePicture(picture, columns);
    }

    /** Values of each step: bands, and what is shown after them. */
    int height() {
        return spec.melBands() + columns.size();
    }
}
