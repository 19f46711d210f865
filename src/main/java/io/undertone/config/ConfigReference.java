package io.undertone.config;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** The reference table of all keys, for the documentation and {@code undertone config}. */
public final class ConfigReference {
    private ConfigReference() {}

    /** One row for each of Undertone's own keys, sorted by name. */
    public static List<Row> rows() {
        return ConfigKeys.DEFINITION.configKeys().values().stream()
                .map(Row::of)
                .sorted((a, b) -> a.key().compareTo(b.key()))
                .toList();
    }

    /** The table in Markdown. */
    public static String markdown() {
        StringBuilder table =
                new StringBuilder("| key | meaning | type | default | allowed |\n| --- | --- | --- | --- | --- |\n");
        for (Row row : rows()) {
            table.append("| `%s` | %s | %s | %s | %s |%n"
                    .formatted(
                            row.key(),
                            cell(row.meaning()),
                            row.type(),
                            row.defaultValue().isEmpty() ? "" : "`" + row.defaultValue() + "`",
                            cell(row.allowed()))
                    .replace("\r\n", "\n"));
        }
        return table.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;");
    }

    /**
     * One key.
     *
     * @param key its name
     * @param meaning its documentation
     * @param type such as int
     * @param defaultValue value where it isn't set
     * @param allowed allowed values; empty where all of the type are
     */
    public record Row(String key, String meaning, String type, String defaultValue, String allowed) {
        private static Row of(ConfigKey key) {
            boolean hidden = key.type() == ConfigDef.Type.PASSWORD;
            return new Row(
                    key.name,
                    key.documentation,
                    key.type().name().toLowerCase(java.util.Locale.ROOT),
                    hidden ? "" : ConfigDef.convertToString(key.defaultValue, key.type()),
                    key.validator == null || key.validator instanceof ConfigDef.NonEmptyString
                            ? ""
                            : key.validator.toString());
        }
    }
}
