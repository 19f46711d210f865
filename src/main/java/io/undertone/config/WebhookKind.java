package io.undertone.config;

import java.util.Locale;

/** A kind of records that is posted to URLs. */
public enum WebhookKind {
    /** Of the topic {@code emotion-alerts}. */
    ALERTS,
    /** Of the topic {@code call-summaries}. */
    SUMMARIES,
    /** Of the topic {@code call-conversations}. */
    CONVERSATIONS;

    /** As written in {@code webhooks.receivers}: lower case. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
