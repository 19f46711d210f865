package io.undertone.gateway;

import io.undertone.Role;
import io.undertone.ingest.CallAttributes;

/** Takes the audio of one leg on its way to Kafka. Never blocks. For one thread at a time. */
interface LegOutput {
    /**
     * @param form how {@code samples} holds them, in the order of {@link AudioForm#format}
     * @param position of the first sample within the leg, never before the end of what was added
     * @param capturedAtMs when that sample was spoken, epoch ms
     * @param samples whole ones; taken over
     * @param arrivedMs when they came, epoch ms
     */
    void add(AudioForm form, long position, long capturedAtMs, byte[] samples, long arrivedMs);

    /** What was added and not published yet is no speech: it becomes digital zero. */
    void silenceWaiting();

    /** Publishes what waits, since its connection is gone; the leg may go on. */
    void flush();

    /** Publishes what waits and the end of the leg. */
    void end();

    /** Makes the output of a leg. */
    interface Factory {
        LegOutput open(String platform, String callId, Role role, CallAttributes attributes);
    }
}
