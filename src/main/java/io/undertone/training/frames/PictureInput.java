package io.undertone.training.frames;

import io.undertone.bundle.InputPreparation;
import io.undertone.bundle.PitchRows;
import io.undertone.bundle.SpeechPicture;
import io.undertone.bundle.Voter;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What networks of the recipes {@code telephone} and {@code telephone-pitch} see. Immutable.
 *
 * @param spec the features for training clips, which always hold a voice
 * @param served the features for calls
 * @param picture how the bands are shown
 * @param pitch how the pitch is shown after them; null if the features have none
 */
public record PictureInput(
        FeatureSpec spec,
        FeatureSpec served,
        SpeechPicture picture,
        @Nullable PitchRows pitch) {
    /** Pictures of 150 steps of 20 ms; 12 dB correspond to one unit. */
    private static final SpeechPicture PICTURE = new SpeechPicture(150, 12, -3, 3);

    /** Bands alone. */
    public static final PictureInput BANDS =
            new PictureInput(FeatureSpecs.telephone(), FeatureSpecs.telephoneVoice(), PICTURE, null);

    /** Bands and pitch. */
    public static final PictureInput BANDS_AND_PITCH = new PictureInput(
            FeatureSpecs.telephone().withPitch(FeatureSpecs.TELEPHONE_PITCH),
            FeatureSpecs.telephoneVoice().withPitch(FeatureSpecs.TELEPHONE_PITCH),
            PICTURE,
            new PitchRows(3, 2, 3));

    /** What this voter of a bundle sees, if that is one of these. */
    static Optional<PictureInput> of(Voter.Network network, FeatureSpec windows) {
        return Stream.of(BANDS, BANDS_AND_PITCH)
                .filter(input -> network.preparation().equals(input.preparation())
                        && windows.withVoice(null).equals(input.served.withVoice(null)))
                .findFirst();
    }

    /** The same for a bundle. */
    InputPreparation preparation() {
        return pitch == null
                ? new InputPreparation.Picture(picture)
                : new InputPreparation.PitchedPicture(picture, pitch);
    }

    /** Values of each step: bands, and rows of pitch. */
    int height() {
        return spec.melBands() + PitchRows.count(pitch);
    }
}
