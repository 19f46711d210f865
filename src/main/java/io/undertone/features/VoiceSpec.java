package io.undertone.features;

import org.jspecify.annotations.Nullable;

/**
 * The detector that distinguishes voices from music, tones and noise, between the speech gate and the windows: see {@link VoiceDetector}.
 *
 * @param network name of its parameters, which are part of the program: the resource {@code voice/NAME.bin}
 * @param sha256 of that resource, 64 hex digits in lower case, so that a spec means the same in every release
 * @param threshold least probability of a voice at which a window is emitted, (0, 1)
 * @param persistence probability that the next window has a voice if this one has, and none if this one has none, [0.5, 1)
 * @param pitch how the pitch of a frame is found, where the network reads {@link VoicePitchFeatures} too; null where it reads
 *     {@link VoiceFeatures} alone
 */
public record VoiceSpec(
        String network,
        String sha256,
        double threshold,
        double persistence,
        @Nullable PitchSpec pitch) {
    public VoiceSpec {
        if (!network.matches("[a-z0-9][a-z0-9-]{0,39}")) {
            throw new IllegalArgumentException("network must be 1 to 40 of a-z, 0-9 and -: network=" + network);
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("sha256 must be 64 hex digits in lower case: sha256=" + sha256);
        }
        if (!(threshold > 0 && threshold < 1)) {
            throw new IllegalArgumentException("threshold must be > 0 and < 1: threshold=" + threshold);
        }
        if (!(persistence >= 0.5 && persistence < 1)) {
            throw new IllegalArgumentException("persistence must be >= 0.5 and < 1: persistence=" + persistence);
        }
    }
}
