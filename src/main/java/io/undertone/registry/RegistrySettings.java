package io.undertone.registry;

import io.undertone.config.ConfigKeys;
import io.undertone.config.PemTrust;
import io.undertone.config.UndertoneConfig;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * How a registry is reached.
 *
 * @param url beginning of all its addresses, without a slash at the end
 * @param authorization the header of that name; null: none
 * @param trust whose certificates are trusted; null: those the JDK trusts
 * @param timeout of a single request
 * @param registers whether schemas that are missing are registered
 */
record RegistrySettings(
        URI url, @Nullable String authorization, @Nullable SSLContext trust, Duration timeout, boolean registers) {

    /**
     * What the configuration says, where it names a registry.
     *
     * @throws ConfigException where the file of trusted certificates cannot be used
     */
    static RegistrySettings of(UndertoneConfig config) {
        String user = config.schemaRegistryUserInfo();
        return new RegistrySettings(
                URI.create(config.schemaRegistryUrl().replaceFirst("/+$", "")),
                user.isEmpty()
                        ? null
                        : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)),
                config.schemaRegistryTruststore().isEmpty()
                        ? null
                        : PemTrust.of(ConfigKeys.SCHEMA_REGISTRY_TRUSTSTORE, config.schemaRegistryTruststore()),
                Duration.ofMillis(config.schemaRegistryTimeoutMs()),
                config.schemaRegistryRegisters());
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "RegistrySettings[url=" + url + "]";
    }
}
