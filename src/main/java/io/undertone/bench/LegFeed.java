package io.undertone.bench;

/** Takes the audio of one leg of the bench. For one thread. */
interface LegFeed {
    /**
     * Takes the next samples.
     *
     * @param position index of the first within the leg
     * @param last whether the leg ends with them
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
