package io.undertone.ingest;

/**
 * A chunk and the leg that it belongs to.
 *
 * @param leg the leg
 * @param chunk a checked stretch of its audio
 * @param attributes of the call; usually empty
 */
public record LegChunk(LegId leg, Chunk chunk, CallAttributes attributes) {}
