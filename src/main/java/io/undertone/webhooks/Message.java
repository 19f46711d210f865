package io.undertone.webhooks;

/**
 * The content of a post.
 *
 * @param id the same at every try and every replay
 * @param callId of the record
 * @param body JSON, one object
 * @param producedAtMs when the record was made, epoch ms
 */
record Message(String id, String callId, String body, long producedAtMs) {}
