package io.undertone.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the table of metrics to what the program publishes. {@code -Ddocs.write} writes it anew. */
class MetricsDocTest {
    private static final Path PAGE = Path.of("docs/metrics.md");
    private static final String BEGIN = "<!-- metrics: written by MetricsDocTest -->\n";
    private static final String END = "<!-- end of metrics -->";
    private static final Pattern HELP = Pattern.compile("# HELP (undertone_\\S+) (.*)");
    private static final Pattern TYPE = Pattern.compile("# TYPE (undertone_\\S+) (.*)");
    private static final Pattern TAGGED =
            Pattern.compile("(undertone_[a-z_]+?)(?:_bucket|_sum|_count|_max)?\\{(.*)} .*");
    private static final Pattern TAG = Pattern.compile("(\\w+)=\"");

    @Test
    void shouldExplainEveryMetric() throws Exception {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertThat(begin).isGreaterThanOrEqualTo(BEGIN.length());

        String table = table(MetricNames.allMetrics().scrape());

        if (System.getProperty("docs.write") != null) {
            Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
            return;
        }
        assertThat(page.substring(begin, end))
                .as("the table; 'mvn test -Dtest=MetricsDocTest -Ddocs.write' writes it anew")
                .isEqualTo(table);
    }

    private static String table(String scrape) {
        Map<String, String> types = new TreeMap<>();
        Map<String, String> meanings = new TreeMap<>();
        Map<String, Set<String>> tags = new TreeMap<>();
        for (String line : scrape.lines().toList()) {
            Matcher help = HELP.matcher(line);
            Matcher type = TYPE.matcher(line);
            Matcher tagged = TAGGED.matcher(line);
            if (help.matches()) {
                meanings.put(help.group(1), help.group(2));
            } else if (type.matches()) {
                types.put(type.group(1), type.group(2));
            } else if (tagged.matches()) {
                Matcher tag = TAG.matcher(tagged.group(2));
                while (tag.find()) {
                    tags.computeIfAbsent(tagged.group(1), name -> new TreeSet<>())
                            .add(tag.group(1));
                }
            }
        }
        List<String> rows =
                new ArrayList<>(List.of("| metric | type | labels | what it is |", "| --- | --- | --- | --- |"));
        types.forEach((name, type) -> {
            // The greatest value of late stands beside each summary.
            if (!name.endsWith("_max")) {
                Set<String> labels = tags.getOrDefault(name, new TreeSet<>());
                labels.removeAll(Set.of("le", "quantile"));
                rows.add("| `" + name + "` | " + type + " | " + String.join(", ", labels) + " | " + meanings.get(name)
                        + " |");
            }
        });
        return String.join("\n", rows) + "\n";
    }
}
