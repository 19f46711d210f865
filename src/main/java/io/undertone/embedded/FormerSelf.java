package io.undertone.embedded;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.loader.LoaderManifest;
import org.apache.kafka.image.publisher.MetadataPublisher;
import org.apache.kafka.metadata.BrokerRegistration;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * What a lone broker left in its own metadata when it went down: that it is alive and leads every partition. A process that
 * starts on that metadata loads its transaction coordinators at once, and while it registers anew its partitions have no leader
 * for a while; Kafka 4.3.1 takes such a partition for a deleted one ({@code TransactionMarkerChannelManager}, as its log says)
 * and completes the transactions that it finds prepared without writing their markers. So the controller is run alone first,
 * until it has fenced what is no longer there: then nothing is loaded before the new broker is let in.
 */
final class FormerSelf {
    private static final Logger LOG = LoggerFactory.getLogger(FormerSelf.class);

    /** There is no previous process. */
    private static final String SESSION_MS = "500";

    private static final long LIMIT_S = 60;

    private FormerSelf() {}

    /**
     * Runs the controller until every broker in its metadata is fenced.
     *
     * @param brokerSettings what the broker is about to be started with
     * @throws BrokerStartException if they are not fenced within a minute
     * @throws Exception if the controller cannot start
     */
    static void fence(Map<String, String> brokerSettings) throws Exception {
        KafkaConfig config = new KafkaConfig(controllerAlone(brokerSettings));
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> folder =
                KafkaRaftServer.initializeLogDirs(config, LOG, "[FormerSelf] ");
        SharedServer shared = new SharedServer(
                config,
                folder._1(),
                Time.SYSTEM,
                Server.initializeMetrics(
                        config, Time.SYSTEM, folder._1().clusterId().orElseThrow()),
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                List.of(),
                new StandardFaultHandlerFactory(),
                ServerSocketFactory.INSTANCE);
        ControllerServer controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), folder._2());
        try {
            controller.startup();
            AllFenced allFenced = new AllFenced();
            shared.loader().installPublishers(List.of(allFenced)).get(LIMIT_S, TimeUnit.SECONDS);
            allFenced.reached.get(LIMIT_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new BrokerStartException(
                    "the broker's former self must be fenced within " + LIMIT_S
                            + " s, or its transactions would be completed without their markers: start it again",
                    e);
        } finally {
            controller.shutdown();
            controller.awaitShutdown();
        }
    }

    private static Map<String, String> controllerAlone(Map<String, String> brokerSettings) {
        Map<String, String> settings = new HashMap<>(brokerSettings);
        settings.put("process.roles", "controller");
        settings.computeIfPresent(
                "listeners",
                (name, listeners) -> Arrays.stream(listeners.split(","))
                        .filter(listener -> listener.startsWith(EmbeddedBroker.CONTROLLER_LISTENER + "://"))
                        .collect(Collectors.joining(",")));
        settings.remove("advertised.listeners");
        settings.remove("inter.broker.listener.name");
        settings.put("broker.session.timeout.ms", SESSION_MS);
        settings.put("broker.heartbeat.interval.ms", "100");
        return settings;
    }

    /** Looks at each state of the metadata, from the loader's thread. */
    private static final class AllFenced implements MetadataPublisher {
        private final CompletableFuture<Void> reached = new CompletableFuture<>();

        @Override
        public String name() {
            return "AllFenced";
        }

        @Override
        public void onMetadataUpdate(MetadataDelta delta, MetadataImage image, LoaderManifest manifest) {
            if (image.cluster().brokers().values().stream().allMatch(BrokerRegistration::fenced)) {
                reached.complete(null);
            }
        }
    }
}
