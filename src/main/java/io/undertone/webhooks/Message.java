package io.undertone.webhooks;

/**
 * A record as it is posted.
 *
 * @param id the same at every try and every replay
 * @param callId of the record
 * @param body JSON, one object
 * @param producedAtMs when the record was made, epoch ms
 */
record Message(String id, String callId, String body, long producedAtMs) {}
