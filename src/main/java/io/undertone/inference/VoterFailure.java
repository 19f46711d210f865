package io.undertone.inference;

import org.jspecify.annotations.Nullable;

/** Why a voter has no probabilities for some windows of a batch.
 *
 * @param voter its name
 * @param windows number of windows
 * @param reason what happened
 * @param cause the exception it threw; null if its output was not probabilities
 */
public record VoterFailure(
        String voter, int windows, String reason, @Nullable Throwable cause) {}
