package io.undertone.gateway;

import io.undertone.Role;
import io.undertone.ingest.CallAttributes;

/** Publishes the audio of one leg to Kafka. Never blocks. For one thread at a time. */
interface LegOutput {
    /**
     * @param form encoding and rate of {@code samples}, in the byte order of {@link AudioForm#format}
     * @param position of the first sample within the leg, never before the end of audio already added
     * @param capturedAtMs when that sample was spoken, epoch ms
     * @param samples whole ones; not copied
     * @param arrivedMs when they were received, epoch ms
     */
    void add(AudioForm form, long position, long capturedAtMs, byte[] samples, long arrivedMs);

    /** Mutes the audio that was added and not published yet. */
    void silenceWaiting();

    /** Publishes the pending audio, since the connection closed; the leg may continue. */
    void flush();

    /** Publishes the pending audio and the end of the leg. */
    void end();

    /** Makes the output of a leg. */
    interface Factory {
        LegOutput open(String platform, String callId, Role role, CallAttributes attributes);
    }
}
