package io.undertone.config;

import io.undertone.alert.AlertRules;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** Validators of single values that Kafka does not provide. */
final class ConfigRules {
    private static final Pattern ATTRIBUTE_NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** Kafka's rule for topic names. */
    private static final Pattern TOPIC_NAME = Pattern.compile("[a-zA-Z0-9._-]{1,200}");

    private static final List<String> TRACKS = List.of("inbound", "outbound", "external", "internal", "left", "right");

    private ConfigRules() {}

    static ConfigDef.Validator topicName() {
        return rule(
                "1 to 200 of a-z, A-Z, 0-9, '.', '_' and '-'",
                value -> TOPIC_NAME.matcher(value.toString()).matches() && !value.equals(".") && !value.equals(".."));
    }

    static ConfigDef.Validator replicationFactor() {
        return rule("-1 or at least 1", value -> value.equals(-1) || (value instanceof Integer i && i >= 1));
    }

    static ConfigDef.Validator alertRules() {
        return parsed("rules, separated by semicolons", value -> AlertRules.parse(value.toString()), true);
    }

    static ConfigDef.Validator labelShares() {
        return parsed(LabelShares.RULE, value -> LabelShares.parse(value.toString()), true);
    }

    static ConfigDef.Validator httpUrlOrEmpty() {
        return rule("empty or an http(s) URL", value -> value.equals("") || isHttpUrl(value.toString()));
    }

    private static boolean isHttpUrl(String value) {
        try {
            URI uri = URI.create(value);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Platforms by name or path. */
    static ConfigDef.Validator platforms(List<String> all) {
        return rule(
                "any of " + String.join(", ", all),
                value -> value instanceof List<?> names
                        && names.stream()
                                .map(Object::toString)
                                .allMatch(name -> all.contains(name.startsWith("/") ? name.substring(1) : name)));
    }

    /** Names of call attributes, at most as many as a call can have. */
    static ConfigDef.Validator attributeNames() {
        return rule(
                "at most 16 names of 1 to 64 letters, digits, '.', '_' and '-'",
                value -> value instanceof List<?> names
                        && names.size() <= 16
                        && names.stream()
                                .allMatch(name ->
                                        ATTRIBUTE_NAME.matcher(name.toString()).matches()));
    }

    /** Sides of streams, of all platforms or of one. */
    static ConfigDef.Validator customerTracks(List<String> platforms) {
        return rule(
                "inbound, outbound, external, internal, left or right, alone or as platform:side",
                value -> value instanceof List<?> rules
                        && rules.stream().map(Object::toString).allMatch(rule -> isTrack(rule, platforms)));
    }

    private static boolean isTrack(String rule, List<String> platforms) {
        int colon = rule.indexOf(':');
        return TRACKS.contains(rule.substring(colon + 1))
                && (colon < 0 || platforms.contains(rule.substring(0, colon)));
    }

    static ConfigDef.Validator publicUrlOrEmpty() {
        return rule(
                "empty or a URL of ws, wss, http or https",
                value -> value.equals("") || isHttpUrl(value.toString().replaceFirst("^ws", "http")));
    }

    static ConfigDef.Validator webhookReceivers() {
        return parsed(WebhookReceiver.RULE, value -> WebhookReceiver.parse(value.toString()), false);
    }

    static ConfigDef.Validator webhookSecrets() {
        return parsed(
                WebhookReceiver.SECRETS_RULE,
                value -> WebhookReceiver.parseSecrets(value instanceof Password password ? password.value() : ""),
                false);
    }

    static ConfigDef.Validator networks() {
        return parsed(
                "empty or networks such as 10.1.0.0/16",
                value -> ((List<?>) value).forEach(network -> IpNetwork.parse(network.toString())),
                true);
    }

    /** Values that a parser accepts. */
    private static ConfigDef.Validator parsed(String rule, Consumer<Object> parser, boolean shown) {
        return LambdaValidator.with(
                (key, value) -> {
                    try {
                        parser.accept(value);
                    } catch (IllegalArgumentException e) {
                        throw shown
                                ? new ConfigException(key, value, e.getMessage())
                                : new ConfigException("Invalid value for configuration " + key + ": " + e.getMessage());
                    }
                },
                () -> rule);
    }

    private static ConfigDef.Validator rule(String rule, java.util.function.Predicate<Object> holds) {
        return LambdaValidator.with(
                (key, value) -> {
                    if (!holds.test(value)) {
                        throw new ConfigException(key, value, "Value must be " + rule);
                    }
                },
                () -> rule);
    }
}
