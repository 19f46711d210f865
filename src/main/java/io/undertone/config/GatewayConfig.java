package io.undertone.config;

import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** The settings of the stage gateway, checked. Immutable. */
public final class GatewayConfig {
    private final UndertoneConfig config;

    GatewayConfig(UndertoneConfig config) {
        this.config = config;
    }

    /** Without a secret, only a loopback address is allowed. */
    void validate() {
        if (UndertoneConfig.isLoopback(host())) {
            if (genesysApiKey().isEmpty() != genesysClientSecret().isEmpty()) {
                throw new ConfigException("Values must be set both or neither: " + GatewayKeys.GENESYS_API_KEY + " and "
                        + GatewayKeys.GENESYS_CLIENT_SECRET);
            }
            return;
        }
        for (String platform : platforms()) {
            String missing = missingSecret(platform);
            if (!missing.isEmpty()) {
                throw new ConfigException(
                        GatewayKeys.HOST,
                        host(),
                        "Without " + missing + ", value must be a loopback address such as 127.0.0.1, or " + platform
                                + " must not be in " + GatewayKeys.PLATFORMS);
            }
        }
    }

    /** The missing key that a platform's servers would be authenticated with; empty: it is set. */
    private String missingSecret(String platform) {
        return switch (platform) {
            case "twilio" -> twilioAuthToken().isEmpty() ? GatewayKeys.TWILIO_AUTH_TOKEN : "";
            case "genesys" -> {
                if (genesysApiKey().isEmpty()) {
                    yield GatewayKeys.GENESYS_API_KEY;
                }
                yield genesysClientSecret().isEmpty() ? GatewayKeys.GENESYS_CLIENT_SECRET : "";
            }
            default -> token().isEmpty() ? GatewayKeys.TOKEN : "";
        };
    }

    /** Names of the custom parameters that become call attributes. */
    public List<String> attributes() {
        return config.list(GatewayKeys.ATTRIBUTES);
    }

    public String host() {
        return config.string(GatewayKeys.HOST);
    }

    public int port() {
        return config.integer(GatewayKeys.PORT);
    }

    /** Names of the platforms that may connect. */
    public List<String> platforms() {
        return config.list(GatewayKeys.PLATFORMS).stream()
                .map(name -> name.startsWith("/") ? name.substring(1) : name)
                .toList();
    }

    /** 0: off. */
    public int audioSocketPort() {
        return config.integer(GatewayKeys.AUDIOSOCKET_PORT);
    }

    /** The public address that platforms connect to; empty: unknown. */
    public String publicUrl() {
        return config.string(GatewayKeys.PUBLIC_URL);
    }

    /** Empty: none is asked for. */
    public String twilioAuthToken() {
        return secret(GatewayKeys.TWILIO_AUTH_TOKEN);
    }

    /** Empty: none is asked for. */
    public String genesysApiKey() {
        return secret(GatewayKeys.GENESYS_API_KEY);
    }

    /** In base64. */
    public String genesysClientSecret() {
        return secret(GatewayKeys.GENESYS_CLIENT_SECRET);
    }

    /** Whether events are sent to Genesys. */
    public boolean genesysEvents() {
        return (Boolean) config.value(GatewayKeys.GENESYS_EVENTS);
    }

    /** Empty: none is asked for. */
    public String token() {
        return secret(GatewayKeys.TOKEN);
    }

    /** CUSTOMER, AGENT or UNKNOWN. */
    public String role() {
        return config.string(GatewayKeys.ROLE);
    }

    /** Sides such as {@code inbound}, and {@code platform:side}. */
    public List<String> customerTracks() {
        return config.list(GatewayKeys.CUSTOMER_TRACK);
    }

    public int chunkMs() {
        return config.integer(GatewayKeys.CHUNK_MS);
    }

    public long firstMessageMs() {
        return config.longer(GatewayKeys.FIRST_MESSAGE_MS);
    }

    public long idleMs() {
        return config.longer(GatewayKeys.IDLE_MS);
    }

    public int messageMaxBytes() {
        return config.integer(GatewayKeys.MESSAGE_MAX_BYTES);
    }

    public int sessionsMax() {
        return config.integer(GatewayKeys.SESSIONS_MAX);
    }

    public int sessionsMaxPerAddress() {
        return config.integer(GatewayKeys.SESSIONS_MAX_PER_ADDRESS);
    }

    public long bufferBytes() {
        return config.longer(GatewayKeys.BUFFER_BYTES);
    }

    private String secret(String key) {
        return ((Password) config.value(key)).value();
    }
}
