package io.undertone.config;

import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** The settings of the stage webhooks, checked. Immutable. */
public final class WebhookConfig {
    private final UndertoneConfig config;

    WebhookConfig(UndertoneConfig config) {
        this.config = config;
    }

    /** Every receiver has a secret, every secret a receiver, and there is a receiver where the stage runs. */
    void validate() {
        List<String> names = WebhookReceiver.parse(config.string(WebhookKeys.RECEIVERS)).stream()
                .map(WebhookReceiver::name)
                .toList();
        Map<String, List<String>> secrets = secrets();
        names.stream().filter(name -> !secrets.containsKey(name)).findFirst().ifPresent(name -> {
            throw new ConfigException("Value of " + WebhookKeys.SECRETS + " must hold a secret of the receiver " + name
                    + ": '" + name + ": " + WebhookReceiver.SECRET_PREFIX + "...'");
        });
        secrets.keySet().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new ConfigException("Value of " + WebhookKeys.SECRETS + " must name receivers of "
                            + WebhookKeys.RECEIVERS + ": " + name);
                });
        if (config.stages().contains(Stage.WEBHOOKS) && names.isEmpty()) {
            throw new ConfigException(
                    WebhookKeys.RECEIVERS, "", "Value must name a receiver at least, since stages has webhooks");
        }
        if (backoffFirstMs() > backoffMaxMs()) {
            throw new ConfigException(
                    WebhookKeys.BACKOFF_FIRST_MS,
                    backoffFirstMs(),
                    "Value must be at most " + WebhookKeys.BACKOFF_MAX_MS + "=" + backoffMaxMs());
        }
    }

    private Map<String, List<String>> secrets() {
        return WebhookReceiver.parseSecrets(((Password) config.value(WebhookKeys.SECRETS)).value());
    }

    public List<WebhookReceiver> receivers() {
        Map<String, List<String>> secrets = secrets();
        return WebhookReceiver.parse(config.string(WebhookKeys.RECEIVERS)).stream()
                .map(receiver -> receiver.with(secrets.getOrDefault(receiver.name(), List.of())))
                .toList();
    }

    /** Networks other than the public internet that may be posted to. */
    public List<IpNetwork> networksAllowed() {
        return config.list(WebhookKeys.NETWORKS_ALLOWED).stream()
                .map(IpNetwork::parse)
                .toList();
    }

    /** A new TLS context at each call, so that receivers share no sessions. */
    public SSLContext trust() {
        String file = config.string(WebhookKeys.TRUSTSTORE);
        return file.isEmpty() ? PemTrust.ofJava() : PemTrust.of(WebhookKeys.TRUSTSTORE, file);
    }

    public int timeoutMs() {
        return config.integer(WebhookKeys.TIMEOUT_MS);
    }

    public long backoffFirstMs() {
        return config.longer(WebhookKeys.BACKOFF_FIRST_MS);
    }

    public long backoffMaxMs() {
        return config.longer(WebhookKeys.BACKOFF_MAX_MS);
    }

    public long retryMaxMs() {
        return config.longer(WebhookKeys.RETRY_MAX_MS);
    }

    public int inFlightMax() {
        return config.integer(WebhookKeys.IN_FLIGHT_MAX);
    }

    public long bufferBytes() {
        return config.longer(WebhookKeys.BUFFER_BYTES);
    }
}
