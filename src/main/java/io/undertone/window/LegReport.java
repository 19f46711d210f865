package io.undertone.window;

import io.undertone.ingest.EndReason;

/**
 * How a leg ended and what it contained. Every chunk given to the leg is counted once:
 * {@code chunks = used + duplicate + late + after end + refused}.
 *
 * @param reason why it ended
 * @param startedAtMs when its first sample was spoken, epoch ms
 * @param durationMs its length, gaps included
 * @param speechMs length of its speech
 * @param windows windows with enough speech
 * @param silentWindows windows without
 * @param notSpeechWindows windows with enough sound, but without a voice: music, tones, noise
 * @param gaps stretches of missing audio
 * @param gapMs their length
 * @param chunks chunks given to the leg
 * @param usedChunks chunks with new audio (an empty last chunk too)
 * @param duplicateChunks chunks whose audio had all been received before
 * @param lateChunks chunks received after their audio had been given up
 * @param afterEndChunks chunks received after the leg's last
 * @param refusedChunks chunks of another rate, or whose position contradicts their time or the received audio
 * @param restarts how often positions restarted within the leg
 * @param contradictingChunks refused chunks that indicate a second source in the leg
 */
public record LegReport(
        EndReason reason,
        long startedAtMs,
        long durationMs,
        long speechMs,
        int windows,
        int silentWindows,
        int notSpeechWindows,
        int gaps,
        long gapMs,
        int chunks,
        int usedChunks,
        int duplicateChunks,
        int lateChunks,
        int afterEndChunks,
        int refusedChunks,
        int restarts,
        int contradictingChunks) {}
