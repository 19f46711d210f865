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
 * What networks of the recipes {@code telephone}, {@code telephone-pitch} and {@code telephone-contrast} see. Immutable.
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

    /** Bands, pitch, and how both differ from the caller's before. */
    public static final PictureInput BANDS_PITCH_AND_CONTRAST = new PictureInput(
            BANDS_AND_PITCH.spec.withContrast(FeatureSpecs.TELEPHONE_CONTRAST),
            BANDS_AND_PITCH.served.withContrast(FeatureSpecs.TELEPHONE_CONTRAST),
            PICTURE,
            List.of(40, 40, 40, 41, 41, 42, 42, 42, 43, 44, 45, 46, 47, 47, 48, 48));

    /** What this voter of a bundle sees, if that is one of these. */
    static Optional<PictureInput> of(Voter.Network network, FeatureSpec windows) {
        return Stream.of(BANDS, BANDS_AND_PITCH, BANDS_PITCH_AND_CONTRAST)
                .filter(input -> network.preparation().equals(input.preparation())
                        && windows.withVoice(null).equals(input.served.withVoice(null)))
                .findFirst();
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
