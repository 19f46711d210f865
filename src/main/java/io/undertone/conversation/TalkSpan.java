package io.undertone.conversation;

/**
 * A stretch of talk of one leg: [0; 4,000) is the first four seconds of the call.
 *
 * @param startMs its start, in ms since the start of the call
 * @param endMs its end, exclusive
 */
public record TalkSpan(long startMs, long endMs) {}
