package io.undertone.topology;

import io.undertone.Role;
import io.undertone.config.UndertoneConfig;
import io.undertone.window.LegSettings;
import java.util.EnumSet;
import java.util.Set;

/**
 * Settings and limits of legs in the features stage.
 *
 * @param roles to analyse
 * @param chunkMaxBytes maximum bytes of audio in a chunk
 * @param settings limits of gaps and disorder, and minimum speech
 * @param idleMs a leg without chunks for this long has ended
 * @param endedRetentionMs how long an ended leg is remembered
 * @param legsMax maximum live legs in this process
 * @param namesCalls whether log lines may name calls
 * @param measuresConversations whether talk is measured, including that of legs that are not analysed
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
    /** A policy without call ids in the log and without conversations. */
    public LegPolicy(
            Set<Role> roles, int chunkMaxBytes, LegSettings settings, long idleMs, long endedRetentionMs, int legsMax) {
        this(roles, chunkMaxBytes, settings, idleMs, endedRetentionMs, legsMax, false, false);
    }

    public LegPolicy {
        roles = Set.copyOf(roles);
    }

    /** The policy of the configuration. */
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
