package io.undertone.bench;

/** Sends the audio of one leg of the bench. For use by one thread. */
interface LegFeed {
    /**
     * Sends the next samples.
     *
     * @param position index of the first sample within the leg
     * @param last whether the leg ends after them
     */
    void send(long position, byte[] samples, boolean last);

    /** Makes the feed of a leg. */
    interface Factory {
        /**
         * @param callId the leg's call
         * @param sampleRateHz its rate
         * @param beginMs when its first sample is spoken, epoch ms
         */
        LegFeed open(String callId, int sampleRateHz, long beginMs);
    }
}
