package io.undertone.features;

/**
 * What each row of a window holds of the difference between the window's voice and the same leg's before it, after its pitch. See
 * {@link CallerContrast} for how it is computed.
 *
 * @param bandGroups number of groups of neighbouring bands, each of which has one value
 * @param scaleDb decibels of a group that correspond to 1
 * @param scaleOctaves octaves of pitch that correspond to 1
 * @param limit values are clipped to this on either side
 * @param doubtSeconds seconds of earlier speech at which the contrast is believed by half
 */
public record ContrastSpec(int bandGroups, double scaleDb, double scaleOctaves, double limit, double doubtSeconds) {
    public ContrastSpec {
        require(bandGroups >= 1, "contrast.bandGroups must be >= 1: bandGroups=" + bandGroups);
        require(scaleDb > 0, "contrast.scaleDb must be > 0: scaleDb=" + scaleDb);
        require(scaleOctaves > 0, "contrast.scaleOctaves must be > 0: scaleOctaves=" + scaleOctaves);
        require(limit > 0, "contrast.limit must be > 0: limit=" + limit);
        require(doubtSeconds > 0, "contrast.doubtSeconds must be > 0: doubtSeconds=" + doubtSeconds);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Numbers in a row: one for each group, then of pitch, then how far they are believed. */
    public int values() {
        return bandGroups + 2;
    }
}
