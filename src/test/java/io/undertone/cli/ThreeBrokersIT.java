package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.config.ConfigSources;
import io.undertone.config.UndertoneConfig;
import io.undertone.kafka.Cluster;
import io.undertone.kafka.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A cluster as production has it, upgraded as production is: one broker after the other, while legs are spoken. */
@Tag("chaos")
class ThreeBrokersIT {
    private static final ConditionFactory PATIENTLY = Awaitility.await().atMost(Duration.ofSeconds(300));

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @BeforeAll
    static void needsTheDefaultBundle() {
        DefaultBundle.isNeeded();
    }

    @Test
    void shouldLoseAndDoubleNothingWhileTheBrokersRestartOneByOne() throws Exception {
        try (BrokerTrio brokers = new BrokerTrio(folder)) {
            UndertoneConfig config = new ConfigSources()
                    .bootstrapServers(brokers.bootstrapServers())
                    .set("topic.partitions=3")
                    .load();
            try (Cluster cluster = Cluster.reach(config, progress -> {})) {
                Topics.ensure(cluster, config);
            }
            try (ExactlyOnceVerifier verifier = new ExactlyOnceVerifier(brokers.bootstrapServers());
                    LegFeed feed = new LegFeed(brokers.bootstrapServers(), "trio-", 20_261_128, 4, 12);
                    ServeProcess first = serve(brokers, "first");
                    ServeProcess second = serve(brokers, "second")) {
                PATIENTLY.until(() -> first.isReady() && second.isReady());
                feed.start();
                PATIENTLY.until(() -> verifier.events() > 3);
                for (int node = 0; node < brokers.size(); node++) {
                    // One of them without a chance to hand over what it leads.
                    brokers.restart(node, node == 1);
                    long back = System.currentTimeMillis();
                    PATIENTLY.until(() -> verifier.hasEventMadeAfter(back));
                }
                List<SpokenLeg> legs = feed.finish();
                PATIENTLY.until(() -> verifier.summaries() >= legs.size());
                assertThat(verifier.verify(legs)).isEmpty();
                for (ServeProcess serve : List.of(first, second)) {
                    assertThat(serve.program().isAlive())
                            .as(serve.program().err())
                            .isTrue();
                    serve.program().stop();
                    assertThat(serve.program().awaitEnd(60)).isTrue();
                    assertThat(serve.program().exitCode()).isZero();
                }
            }
        }
    }

    private ServeProcess serve(BrokerTrio brokers, String name) {
        return ServeProcess.start(
                folder,
                name,
                "serve-" + name,
                folder.resolve("state-" + name),
                brokers.bootstrapServers(),
                List.of("inference.threads=1"));
    }
}
