package io.undertone.config;

import java.util.Locale;

/** A part of the program that can run in a separate process. */
public enum Stage {
    /** Telephony platforms to audio chunks. */
    GATEWAY,
    /** Audio chunks to windows of coefficients. */
    FEATURES,
    /** Windows to voted events and summaries. */
    INFERENCE,
    /** Events to alerts, by rules. */
    ALERTS,
    /** Alerts, summaries and conversations to URLs. */
    WEBHOOKS,
    /** The live page and the HTTP interface. */
    WEB;

    /** The stage's name as written in {@code stages}: lower case. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The stage with this name as written in {@code stages}. */
    public static Stage of(String configName) {
        return valueOf(configName.toUpperCase(Locale.ROOT));
    }
}
