package io.undertone.webhooks;

import io.undertone.config.WebhookReceiver;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The header {@code webhook-signature} of Standard Webhooks: for each secret {@code v1,} and the HMAC-SHA256 of id, timestamp and body,
 * joined by full stops, in base64; several are separated by spaces, so that a receiver that knows one of the secrets is content.
 */
final class Signature {
    private static final String ALGORITHM = "HmacSHA256";

    private final List<SecretKeySpec> keys;

    /** @param secrets {@code whsec_} and base64 */
    Signature(List<String> secrets) {
        this.keys = secrets.stream()
                .map(secret -> new SecretKeySpec(WebhookReceiver.secretBytes(secret), ALGORITHM))
                .toList();
    }

    /**
     * The header's value.
     *
     * @param timestamp seconds since 1970, as the header {@code webhook-timestamp} has them
     */
    String of(String id, long timestamp, String body) {
        byte[] content = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
        return String.join(
                " ", keys.stream().map(key -> "v1," + sign(key, content)).toList());
    }

    private static String sign(SecretKeySpec key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }
}
