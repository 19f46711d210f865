package io.undertone.docker;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertone.bundle.ReferenceFigures;
import io.undertone.config.UndertoneConfig;
import io.undertone.inference.DynamicBatcher;
import io.undertone.metrics.EventMetrics;
import io.undertone.metrics.FlowMetrics;
import io.undertone.metrics.InferenceMetrics;
import io.undertone.metrics.JvmMetrics;
import io.undertone.metrics.StageMetrics;
import io.undertone.metrics.WebhookMetrics;
import io.undertone.topology.AlertsTopology;
import io.undertone.topology.TestModel;
import io.undertone.web.Health;
import io.undertone.web.HealthProbes;
import io.undertone.web.WebStage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of metrics, in expressions and in the program. */
final class MetricNames {
    private static final Pattern NAME = Pattern.compile("\\b(?:undertone|kafka|jvm|process)_[a-z0-9_]+|\\bup\\b");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z][a-z0-9_]*)[{ ]");

    private MetricNames() {}

    /** Those that an expression of PromQL asks for. */
    static Set<String> in(String expression) {
        Set<String> names = new TreeSet<>();
        Matcher name = NAME.matcher(expression.replaceAll("\"[^\"]*\"", ""));
        while (name.find()) {
            names.add(name.group());
        }
        return names;
    }

    /** Those of samples that a scrape of this registry holds. */
    static Set<String> scraped(PrometheusMeterRegistry registry) {
        Set<String> names = new TreeSet<>();
        Matcher sample = SAMPLE.matcher(registry.scrape());
        while (sample.find()) {
            names.add(sample.group(1));
        }
        return names;
    }

    /** Those that Undertone and the virtual machine publish, and Prometheus' own; Kafka's are left out. */
    static Set<String> ofProgram() {
        Set<String> names = scraped(allMetrics());
        // Appears with the first collection.
        names.add("jvm_gc_pause_seconds_sum");
        names.add("up");
        return names;
    }

    /** Every metric of Undertone's own, as if something had happened, and the virtual machine's. */
    static PrometheusMeterRegistry allMetrics() {
        PrometheusMeterRegistry registry = registry();
        InferenceMetrics inference = new InferenceMetrics(registry);
        TestModel model = new TestModel();
        // Alerts are counted by rule, from the first processor on.
        AlertsTopology.build(UndertoneConfig.defaults(), registry);
        UndertoneConfig web = new UndertoneConfig(Map.of("stages", "web", "web.port", "0"));
        HealthProbes nobody = new HealthProbes(
                () -> Health.up("test", "up"), () -> Health.up("test", "up"), () -> Health.up("test", "up"));
        try (WebStage page = WebStage.start(web, registry, nobody, null);
                JvmMetrics jvm = JvmMetrics.bindTo(registry);
                TestEnsembleBatcher batcher = new TestEnsembleBatcher(inference)) {
            inference.watch(batcher.batcher);
            StageMetrics.ofChunks(registry);
            StageMetrics.ofWindows(registry);
            new WebhookMetrics(registry, "crm").tried("delivered");
            FlowMetrics flow = new FlowMetrics(registry);
            flow.eventAge(1, 2);
            flow.countMissing("xgboost");
            inference.computed(1, 1, 1);
            inference.computedBy("networks", 1);
            EventMetrics.model(registry, "test", "1.0.0", model.engine());
            new EventMetrics(
                    registry,
                    model.ensemble().labels(),
                    model.ensemble().voters(),
                    Optional.of(ReferenceFigures.of(
                            "test",
                            Map.of(
                                    ReferenceFigures.LEVEL, new double[] {-20},
                                    ReferenceFigures.SPEECH_RATIO, new double[] {1},
                                    ReferenceFigures.AGREEMENT, new double[] {1},
                                    ReferenceFigures.CONFIDENCE, new double[] {1}),
                            List.of("calm"))),
                    () -> 0);
            return registry;
        }
    }

    static PrometheusMeterRegistry registry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    /** A batcher that nobody asks. */
    private static final class TestEnsembleBatcher implements AutoCloseable {
        private final DynamicBatcher batcher;

        private TestEnsembleBatcher(InferenceMetrics metrics) {
            batcher = new DynamicBatcher(
                    new TestModel().ensemble(), new DynamicBatcher.Settings(1, 0, 1, 1_000), System::nanoTime, metrics);
        }

        @Override
        public void close() {
            batcher.close();
        }
    }
}
