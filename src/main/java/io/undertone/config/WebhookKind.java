package io.undertone.config;

import java.util.Locale;

/** A kind of record that is posted to URLs. */
public enum WebhookKind {
    /** Records of the topic {@code emotion-alerts}. */
    ALERTS,
    /** Records of the topic {@code call-summaries}. */
    SUMMARIES,
    /** Records of the topic {@code call-conversations}. */
    CONVERSATIONS;

    /** As written in {@code webhooks.receivers}: lower case. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
