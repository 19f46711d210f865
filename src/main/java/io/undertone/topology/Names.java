package io.undertone.topology;

/** Names of the topologies' sources, processors, stores and sinks. Internal topics are named after the stores: don't rename. */
final class Names {
    static final String AUDIO_CHUNKS = "audio-chunks";
    static final String LEGS = "legs";
    static final String MFCC_WINDOWS = "mfcc-windows";
    static final String VERDICTS = "verdicts";
    static final String EMOTION_EVENTS = "emotion-events";
    static final String CALL_SUMMARIES = "call-summaries";
    static final String CALL_CONVERSATIONS = "call-conversations";
    static final String ALERTS = "alerts";
    static final String EMOTION_ALERTS = "emotion-alerts";
    static final String DEAD_LETTERS = "dead-letters";

    static final String LEG_STORE = "legs";
    static final String WAITING_STORE = "waiting-windows";
    static final String ALERT_STORE = "leg-alerts";
    static final String CONVERSATION_STORE = "conversations";
    static final String TALLY_STORE = "tallies";

    private Names() {}
}
