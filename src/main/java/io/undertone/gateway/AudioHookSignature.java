package io.undertone.gateway;

import io.undertone.signing.Hmac;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Admits clients that sign as Genesys' AudioHook does, with HTTP message signatures (draft-ietf-httpbis-message-signatures): HMAC-SHA256
 * over request target, authority and the headers {@code Audiohook-Organization-Id}, {@code Audiohook-Session-Id}, {@code
 * Audiohook-Correlation-Id} and {@code X-API-KEY}. A signature is valid from 3 s before its creation time until 10 s after it, by this
 * machine's clock, and until 3 s before its stated expiry. An unknown key takes as much work to refuse as a wrong secret, so that timing
 * does not tell them apart.
 */
final class AudioHookSignature implements Guard {
    private static final int SKEW_S = 3;
    private static final int AGE_MAX_S = 10;
    private static final int NONCE_MIN_CHARS = 22;
    private static final List<String> REQUIRED = List.of(
            "@request-target",
            "@authority",
            "audiohook-organization-id",
            "audiohook-session-id",
            "audiohook-correlation-id",
            "x-api-key");

    private static final String STRING = "\"[\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]*\"";
    private static final Pattern INPUT = Pattern.compile("([a-z*][a-z0-9_.*-]*)=(\\((" + STRING + "(?: " + STRING
            + ")*)\\)((?:;[a-z*][a-z0-9_.*-]*=(?:" + STRING + "|\\d{1,15}))*))");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern PARAMETER = Pattern.compile(";([^=;]+)=(?:\"([^\"]*)\"|(\\d+))");
    private static final Pattern SIGNATURE = Pattern.compile("([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/]+=*):");

    private final byte[] apiKey;
    private final byte[] secret;
    private final String publicUrl;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** The content of {@code Signature-Input}: the signed components and the parameters of the signature. */
    private static final class Input {
        private final List<String> components = new ArrayList<>();
        private String label = "";
        private String parameters = "";
        private String keyId = "";
        private String nonce = "";
        private String algorithm = "hmac-sha256";
        private long createdS = -1;
        private long expiresS = Long.MAX_VALUE;
        private boolean good = true;
    }

    /**
     * @param apiKey {@code gateway.genesys.api.key}
     * @param clientSecret {@code gateway.genesys.client.secret}, in base64; empty: the key alone is checked
     * @param publicUrl {@code gateway.public.url}; empty: the address in the request
     * @param clock for the age of signatures
     * @throws IllegalArgumentException if the secret is not base64
     */
    AudioHookSignature(String apiKey, String clientSecret, String publicUrl, Clock clock) {
        this.apiKey = apiKey.getBytes(StandardCharsets.UTF_8);
        this.secret = Base64.getDecoder().decode(clientSecret);
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    @Override
    public FirstMessage admit(Handshake handshake) throws RefusedException {
        byte[] presented = handshake.header("x-api-key").getBytes(StandardCharsets.UTF_8);
        boolean knownKey = MessageDigest.isEqual(apiKey, presented);
        if (secret.length == 0) {
            require(knownKey, "X-API-KEY must be gateway.genesys.api.key");
            return FirstMessage.FREE;
        }
        Input input = input(handshake.header("signature-input"));
        Matcher signature = SIGNATURE.matcher(handshake.header("signature"));
        if (input == null || !signature.matches() || !signature.group(1).equals(input.label)) {
            throw new RefusedException(
                    Refusal.UNAUTHORIZED,
                    "Signature-Input and Signature must be one signature with all of its parameters; set the client secret in Genesys");
        }
        checkParameters(input, handshake.header("x-api-key"));
        byte[] computed = sign(base(input, handshake), knownKey);
        boolean matches = MessageDigest.isEqual(computed, decoded(signature.group(2)));
        require(
                matches && knownKey,
                "the signature must be made with gateway.genesys.api.key and gateway.genesys.client.secret over the address; behind a"
                        + " proxy, set gateway.public.url to the address in Genesys, without /genesys");
        return FirstMessage.FREE;
    }

    private void checkParameters(Input input, String presentedKey) throws RefusedException {
        require(
                Set.copyOf(input.components).containsAll(REQUIRED),
                "the signature must cover " + String.join(", ", REQUIRED));
        require(input.keyId.equals(presentedKey), "keyid must be X-API-KEY");
        require(input.nonce.length() >= NONCE_MIN_CHARS, "nonce must have 22 characters or more");
        require(input.algorithm.equals("hmac-sha256"), "alg must be hmac-sha256");
        long nowS = clock.instant().getEpochSecond();
        require(
                input.createdS >= 0 && input.createdS <= nowS + SKEW_S && input.createdS + AGE_MAX_S >= nowS,
                "created must be at most 10 s ago; set this machine's clock");
        require(input.expiresS >= nowS + SKEW_S, "expires must be 3 s ahead or more; set this machine's clock");
    }

    private static void require(boolean holds, String rule) throws RefusedException {
        if (!holds) {
            throw new RefusedException(Refusal.UNAUTHORIZED, rule);
        }
    }

    private static @Nullable Input input(String header) {
        Matcher whole = INPUT.matcher(header);
        if (!whole.matches()) {
            return null;
        }
        Input input = new Input();
        input.label = whole.group(1);
        input.parameters = whole.group(2);
        Matcher component = QUOTED.matcher(whole.group(3));
        while (component.find()) {
            input.components.add(component.group(1));
        }
        Matcher parameter = PARAMETER.matcher(whole.group(4));
        while (parameter.find()) {
            read(input, parameter.group(1), parameter.group(2), parameter.group(3));
        }
        boolean twice = new HashSet<>(input.components).size() < input.components.size();
        return input.good && !twice ? input : null;
    }

    private static void read(Input input, String name, @Nullable String text, @Nullable String number) {
        boolean isNumber = name.equals("created") || name.equals("expires");
        if (isNumber ? number == null : text == null) {
            input.good = false;
            return;
        }
        String value = text == null ? String.valueOf(number) : text;
        switch (name) {
            case "keyid" -> input.keyId = value;
            case "nonce" -> input.nonce = value;
            case "alg" -> input.algorithm = value;
            case "created" -> input.createdS = Long.parseLong(value);
            case "expires" -> input.expiresS = Long.parseLong(value);
            default -> input.good = false;
        }
    }

    /** The signature base: a line for each component, then the parameters. */
    private String base(Input input, Handshake handshake) throws RefusedException {
        StringBuilder base = new StringBuilder();
        for (String component : input.components) {
            String value = switch (component) {
                case "@request-target" -> publicPath() + handshake.target();
                case "@authority" -> authority(handshake);
                default ->
                    component.startsWith("@") ? "" : handshake.header(component).strip();
            };
            require(!value.isEmpty(), "what is signed must be in the request: " + component);
            base.append('"').append(component).append("\": ").append(value).append('\n');
        }
        return base.append("\"@signature-params\": ").append(input.parameters).toString();
    }

    private String publicPath() {
        String path =
                publicUrl.isEmpty() ? "" : String.valueOf(URI.create(publicUrl).getRawPath());
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Host and port in lower case, without the default port. */
    private String authority(Handshake handshake) {
        if (publicUrl.isEmpty()) {
            return handshake.authority().toLowerCase(Locale.ROOT);
        }
        String authority = String.valueOf(URI.create(publicUrl).getAuthority()).toLowerCase(Locale.ROOT);
        boolean secure = publicUrl.startsWith("wss:") || publicUrl.startsWith("https:");
        String usual = secure ? ":443" : ":80";
        return authority.endsWith(usual) ? authority.substring(0, authority.length() - usual.length()) : authority;
    }

    private byte[] sign(String base, boolean knownKey) {
        byte[] key = secret;
        if (!knownKey) {
            key = new byte[32];
            random.nextBytes(key);
        }
        return Hmac.SHA256.of(key, base);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
