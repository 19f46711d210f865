package io.undertone.topology;

import io.undertone.Role;
import io.undertone.config.UndertoneConfig;
import io.undertone.window.LegSettings;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the features stage is told about legs.
 *
 * @param roles whose voices are analysed
 * @param chunkMaxBytes most bytes of audio in a chunk
 * @param settings gaps, disorder and least speech
 * @param idleMs a leg that was silent for this long has ended
 * @param endedRetentionMs how long an ended leg is remembered
 * @param legsMax most legs at once in this process
 * @param namesCalls whether log lines may name calls
 * @param measuresConversations whether it is measured who talks, in legs that are not analysed too
 */
public record LegPolicy(
        Set<Role> roles,
        int chunkMaxBytes,
        LegSettings settings,
        long idleMs,
        long endedRetentionMs,
        int legsMax,
        boolean namesCalls,
        boolean measuresConversations) {
    /** A policy whose log names no calls, and without conversations. */
    public LegPolicy(
            Set<Role> roles, int chunkMaxBytes, LegSettings settings, long idleMs, long endedRetentionMs, int legsMax) {
        this(roles, chunkMaxBytes, settings, idleMs, endedRetentionMs, legsMax, false, false);
    }

    public LegPolicy {
        roles = Set.copyOf(roles);
    }

    /** What the configuration says. */
    public static LegPolicy of(UndertoneConfig config) {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        config.analysisRoles().forEach(name -> roles.add(Role.valueOf(name)));
        return new LegPolicy(
                roles,
                config.audioChunkMaxBytes(),
                new LegSettings(config.audioGapMaxMs(), config.audioDisorderMaxMs(), config.speechMinRatio()),
                config.legIdleMs(),
                config.legEndedRetentionMs(),
                config.legsMax(),
                config.logsCallIds(),
                config.measuresConversations());
    }
}
