package io.undertone.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Codes that authenticate a message by a shared key (RFC 2104). */
public enum Hmac {
    /** With SHA-1: 20 bytes. */
    SHA1("HmacSHA1"),
    /** With SHA-256: 32 bytes. */
    SHA256("HmacSHA256");

    private final String algorithm;

    Hmac(String algorithm) {
        this.algorithm = algorithm;
    }

    /**
     * The code of a text in UTF-8.
     *
     * @param key at least one byte
     */
    public byte[] of(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
