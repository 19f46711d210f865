package io.undertone.registry;

import io.undertone.config.UndertoneConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
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
                        : trust(Path.of(config.schemaRegistryTruststore()), config.schemaRegistryTruststore()),
                Duration.ofMillis(config.schemaRegistryTimeoutMs()),
                config.schemaRegistryRegisters());
    }

    private static SSLContext trust(Path pem, String value) {
        try (InputStream in = Files.newInputStream(pem)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + count++, certificate);
            }
            if (count == 0) {
                throw new GeneralSecurityException("it holds no certificate");
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigException(
                    "schema.registry.ssl.truststore.location",
                    value,
                    "Value must be a PEM file of certificates that can be read: " + e.getMessage());
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "RegistrySettings[url=" + url + "]";
    }
}
