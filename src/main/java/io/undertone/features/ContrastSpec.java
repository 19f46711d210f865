package io.undertone.features;

/**
 * What each window holds of the difference between its voice and the same leg's before it. See {@link CallerContrast} for how it is
 * computed.
 *
 * @param bandGroups number of groups of neighbouring bands, each of which has one value
 * @param scaleDb decibels of a group that correspond to 1
 * @param pitch how the pitch of a frame is found
 * @param scaleOctaves octaves of pitch that correspond to 1
 * @param limit values are clipped to this on either side
 * @param doubtSeconds seconds of earlier speech at which the contrast is believed by half
 */
public record ContrastSpec(
        int bandGroups, double scaleDb, PitchSpec pitch, double scaleOctaves, double limit, double doubtSeconds) {
    public ContrastSpec {
        require(bandGroups >= 1, "contrast.bandGroups must be >= 1: bandGroups=" + bandGroups);
        require(scaleDb > 0, "contrast.scaleDb must be > 0: scaleDb=" + scaleDb);
        require(pitch != null, "contrast.pitch must be there: pitch=null");
        require(scaleOctaves > 0, "contrast.scaleOctaves must be > 0: scaleOctaves=" + scaleOctaves);
        require(limit > 0, "contrast.limit must be > 0: limit=" + limit);
        require(doubtSeconds > 0, "contrast.doubtSeconds must be > 0: doubtSeconds=" + doubtSeconds);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Numbers of a window: one for each group of bands, then that of pitch. */
    public int values() {
        return bandGroups + 1;
    }
}
