package io.undertone.docker;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertone.inference.DynamicBatcher;
import io.undertone.metrics.FlowMetrics;
import io.undertone.metrics.InferenceMetrics;
import io.undertone.metrics.StageMetrics;
import io.undertone.topology.TestModel;
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
        PrometheusMeterRegistry registry = registry();
        InferenceMetrics inference = new InferenceMetrics(registry);
        try (JvmGcMetrics collector = new JvmGcMetrics();
                TestEnsembleBatcher batcher = new TestEnsembleBatcher(inference)) {
            collector.bindTo(registry);
            inference.watch(batcher.batcher);
            ofJvm(registry);
            StageMetrics.ofChunks(registry);
            StageMetrics.ofWindows(registry);
            new FlowMetrics(registry).eventAge(1, 2);
            inference.computed(1, 1, 1);
            Set<String> names = scraped(registry);
            // Appears with the first collection.
            names.add("jvm_gc_pause_seconds_sum");
            names.add("up");
            return names;
        }
    }

    static PrometheusMeterRegistry registry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    private static void ofJvm(MeterRegistry registry) {
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
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
