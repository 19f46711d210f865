package io.undertone.webhooks;

import io.undertone.config.WebhookReceiver;
import io.undertone.signing.Hmac;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The header {@code webhook-signature} of Standard Webhooks: for each secret {@code v1,} and the HMAC-SHA256 of id, timestamp and body,
 * joined by full stops, in base64; several are separated by spaces, and a receiver needs to verify only one.
 */
final class Signature {
    private final List<byte[]> keys;

    /** @param secrets {@code whsec_} and base64 */
    Signature(List<String> secrets) {
        this.keys = secrets.stream().map(WebhookReceiver::secretBytes).toList();
    }

    /**
     * The header's value.
     *
     * @param timestamp seconds since 1970, as in the header {@code webhook-timestamp}
     */
    String of(String id, long timestamp, String body) {
        String content = id + "." + timestamp + "." + body;
        return keys.stream()
                .map(key -> "v1," + Base64.getEncoder().encodeToString(Hmac.SHA256.of(key, content)))
                .collect(Collectors.joining(" "));
    }
}
