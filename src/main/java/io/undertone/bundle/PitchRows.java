package io.undertone.bundle;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The pitch of a window ({@link io.undertone.features.PitchContour}) as further rows of its {@link SpeechPicture}, after the bands. Each is
 * repeated, so that the first convolution, several bands high, sees one kind at a time.
 *
 * @param contour number of rows of it
 * @param height number of rows of it
 * @param voicing number of rows of it
 */
public record PitchRows(int contour, int height, int voicing) {
    public PitchRows {
        if (contour < 0 || height < 0 || voicing < 0 || contour + height + voicing < 1) {
            throw new IllegalArgumentException("contour, height and voicing must be >= 0, and one of them > 0: contour="
                    + contour + ", height=" + height + ", voicing=" + voicing);
        }
    }

    /** Rows in all. */
    public int count() {
        return contour + height + voicing;
    }

    /** Rows in all; none for null. */
    public static int count(@Nullable PitchRows pitch) {
        return pitch == null ? 0 : pitch.count();
    }

    /**
     * Which value of a window's row each of them shows; none for null.
     *
     * @param first index of the contour; height and voicing follow
     */
    public static int[] shown(@Nullable PitchRows pitch, int first) {
        int[] shown = new int[count(pitch)];
        if (pitch != null) {
            int voicing = pitch.contour + pitch.height;
            Arrays.fill(shown, 0, pitch.contour, first);
            Arrays.fill(shown, pitch.contour, voicing, first + 1);
            Arrays.fill(shown, voicing, shown.length, first + 2);
        }
        return shown;
    }
}
