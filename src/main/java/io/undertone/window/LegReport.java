package io.undertone.window;

import io.undertone.ingest.EndReason;

/**
 * How a leg ended and what it held. Every chunk that the leg took is counted once:
 * {@code chunks = used + duplicate + late + after end + refused}.
 *
 * @param reason what ended it
 * @param startedAtMs when its first sample was spoken, epoch ms
 * @param durationMs its length, gaps included
 * @param speechMs length of its speech
 * @param windows windows with enough speech
 * @param silentWindows windows without
 * @param notSpeechWindows windows with sound enough that was no voice: music, tones, noise
 * @param gaps stretches of audio that never came
 * @param gapMs their length
 * @param chunks chunks taken
 * @param usedChunks chunks with new audio (an empty last chunk too)
 * @param duplicateChunks chunks all of whose audio had come before
 * @param lateChunks chunks that came after their place had been given up
 * @param afterEndChunks chunks that came after the leg's last
 * @param refusedChunks chunks of another rate, or whose position contradicts their time or the received audio
 * @param restarts how often positions restarted within the leg
 * @param contradictingChunks those refused that show a second source in the leg
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
