package io.undertone.cli;

import io.undertone.config.ConfigSources;
import io.undertone.config.KafkaSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.awaitility.Awaitility;

/** Three brokers, each in a process of its own that is Kafka's, with everything in three copies of which two are enough. */
final class BrokerTrio implements AutoCloseable {
    private static final int NODES = 3;
    private static final String HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(300);

    private final Path folder;
    private final List<Integer> ports;
    private final List<ProgramProcess> processes = new ArrayList<>();
    private int starts;

    /** Starts them and waits until they serve. */
    BrokerTrio(Path folder) throws Exception {
        this.folder = folder;
        this.ports = freePorts(2 * NODES);
        String cluster = Uuid.randomUuid().toString();
        for (int node = 0; node < NODES; node++) {
            format(node, cluster);
            writeSettings(node);
            processes.add(process(node));
        }
        awaitAll();
    }

    /** All at once, so that none is given twice. */
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getByName(HOST)));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    private Path data(int node) {
        return folder.resolve("broker-data-" + node);
    }

    private Path settings(int node) {
        return folder.resolve("broker-" + node + ".properties");
    }

    private String controller(int node) {
        return HOST + ":" + ports.get(NODES + node);
    }

    private void format(int node, String cluster) throws Exception {
        Files.createDirectories(data(node));
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(node)
                .setClusterId(cluster)
                .setDirectories(List.of(data(node).toString()))
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(data(node).toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .run();
    }

    private void writeSettings(int node) throws IOException {
        Properties settings = new Properties();
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", Integer.toString(node));
        settings.setProperty("log.dirs", data(node).toString());
        settings.setProperty(
                "listeners", "PLAINTEXT://" + HOST + ":" + ports.get(node) + ",CONTROLLER://" + controller(node));
        settings.setProperty("advertised.listeners", "PLAINTEXT://" + HOST + ":" + ports.get(node));
        settings.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.setProperty("controller.listener.names", "CONTROLLER");
        settings.setProperty(
                "controller.quorum.voters",
                IntStream.range(0, NODES)
                        .mapToObj(each -> each + "@" + controller(each))
                        .collect(Collectors.joining(",")));
        settings.setProperty("auto.create.topics.enable", "false");
        settings.setProperty("default.replication.factor", "3");
        settings.setProperty("min.insync.replicas", "2");
        settings.setProperty("offsets.topic.replication.factor", "3");
        settings.setProperty("offsets.topic.num.partitions", "3");
        settings.setProperty("transaction.state.log.replication.factor", "3");
        settings.setProperty("transaction.state.log.min.isr", "2");
        settings.setProperty("transaction.state.log.num.partitions", "3");
        settings.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        try (OutputStream out = Files.newOutputStream(settings(node))) {
            settings.store(out, null);
        }
    }

    private ProgramProcess process(int node) {
        return ProgramProcess.start(
                folder,
                "broker-" + node + "-" + starts++,
                "kafka.Kafka",
                List.of(settings(node).toString()));
    }

    String bootstrapServers() {
        return ports.subList(0, NODES).stream().map(port -> HOST + ":" + port).collect(Collectors.joining(","));
    }

    int size() {
        return NODES;
    }

    /**
     * Ends one, starts it again, and waits until it has caught up with the others, as an operator does before the next.
     *
     * @param kill SIGKILL in place of SIGTERM
     */
    void restart(int node, boolean kill) throws Exception {
        ProgramProcess process = processes.get(node);
        if (kill) {
            process.kill();
        } else {
            process.stop();
            if (!process.awaitEnd(PATIENCE.toSeconds())) {
                throw new AssertionError("broker " + node + " did not stop: " + process.err());
            }
        }
        processes.set(node, process(node));
        awaitAll();
    }

    /** Until all nodes are there and every partition has all its copies in step. */
    private void awaitAll() {
        try (Admin admin = Admin.create(KafkaSettings.admin(
                new ConfigSources().bootstrapServers(bootstrapServers()).load()))) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptions()
                    .until(() -> admin.describeCluster().nodes().get().size() == NODES && areInStep(admin));
        }
    }

    private static boolean areInStep(Admin admin) throws Exception {
        return admin
                .describeTopics(admin.listTopics(new ListTopicsOptions().listInternal(true))
                        .names()
                        .get())
                .allTopicNames()
                .get()
                .values()
                .stream()
                .flatMap(topic -> topic.partitions().stream())
                .allMatch(partition ->
                        partition.leader() != null && partition.isr().size() == NODES);
    }

    @Override
    public void close() {
        processes.forEach(ProgramProcess::close);
    }
}
