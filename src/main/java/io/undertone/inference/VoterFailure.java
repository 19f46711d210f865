package io.undertone.inference;

import org.jspecify.annotations.Nullable;

/**
 * Why a voter has no say about some windows of a batch.
 *
 * @param voter its name
 * @param windows about how many windows
 * @param reason what happened
 * @param cause the exception it threw; null where it gave numbers that are no probabilities
 */
public record VoterFailure(
        String voter, int windows, String reason, @Nullable Throwable cause) {}
