package io.undertone.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * One whole Kafka broker (with its KRaft controller) in this process, on loopback: for {@code demo}, {@code broker} and the
 * integration tests, not for production. Needs some 64 MB of heap, starts in about three seconds the first time and in
 * about one second on a data folder that it has used before, whose topics and records are then still there. Topics are
 * not created by being named. Thread-safe.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private final KafkaRaftServer server;
    private final int port;
    private final Path dataFolder;
    private final boolean temporary;
    private boolean closed;

    private EmbeddedBroker(KafkaRaftServer server, int port, Path dataFolder, boolean temporary) {
        this.server = server;
        this.port = port;
        this.dataFolder = dataFolder;
        this.temporary = temporary;
    }

    /** Starts a broker on a free port, whose data goes with it when it is closed. */
    public static EmbeddedBroker start() {
        return start(0, null, Map.of());
    }

    /** Starts a broker on this port (0: a free one) that keeps its data in this folder. */
    public static EmbeddedBroker start(int port, Path dataFolder) {
        return start(port, dataFolder, Map.of());
    }

    /**
     * Starts a broker and returns once it serves.
     *
     * @param port port on loopback; 0: a free one
     * @param dataFolder folder for its data, created if absent; null: a temporary folder, deleted on closing
     * @param brokerSettings Kafka's own broker settings, stronger than the ones chosen here
     * @throws BrokerStartException if the port is taken, the folder cannot be used or Kafka refuses a setting
     */
    public static EmbeddedBroker start(int port, @Nullable Path dataFolder, Map<String, String> brokerSettings) {
        return start(port, dataFolder, brokerSettings, List.of());
    }

    /**
     * The same, with users that a broker must know before anyone can log in.
     *
     * @param scramUsers as {@code kafka-storage.sh --add-scram} takes them: {@code SCRAM-SHA-256=[name=NAME,password=PASSWORD]}
     */
    public static EmbeddedBroker start(
            int port, @Nullable Path dataFolder, Map<String, String> brokerSettings, List<String> scramUsers) {
        try {
            int clientPort = port == 0 ? freePortBut(0) : requireFree(port);
            boolean temporary = dataFolder == null;
            Path folder = dataFolder == null ? Files.createTempDirectory("undertone-broker-") : dataFolder;
            Files.createDirectories(folder);
            Map<String, String> settings = settings(clientPort, freePortBut(clientPort), folder);
            settings.putAll(brokerSettings);
            if (Files.exists(folder.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
                FormerSelf.fence(settings);
            } else {
                format(folder, scramUsers);
            }
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
            server.startup();
            return new EmbeddedBroker(server, clientPort, folder, temporary);
        } catch (BrokerStartException e) {
            throw e;
        } catch (Exception e) {
            throw new BrokerStartException("the in-process broker cannot start: " + e, e);
        }
    }

    private static void format(Path folder, List<String> scramUsers) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(NODE_ID)
                .setClusterId(Uuid.randomUuid().toString())
                .setDirectories(List.of(folder.toString()))
                .setControllerListenerName(CONTROLLER_LISTENER)
                .setMetadataLogDirectory(folder.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setScramArguments(scramUsers)
                .run();
    }

    private static Map<String, String> settings(int clientPort, int controllerPort, Path folder) {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("log.dirs", folder.toString());
        settings.put(
                "listeners",
                "PLAINTEXT://" + HOST + ":" + clientPort + "," + CONTROLLER_LISTENER + "://" + HOST + ":"
                        + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + clientPort);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
        settings.put("auto.create.topics.enable", "false");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.streams.initial.rebalance.delay.ms", "0");
        // There is no other broker to hand partitions to; while it waited for one, they would have no leader.
        settings.put("controlled.shutdown.enable", "false");
        // The controller is in the same process: a broker without a heartbeat for 9 s, the default, is starved,
        // not dead, and without a session its partitions would have no leader.
        settings.put("broker.session.timeout.ms", "60000");
        // How often transactions are looked for whose process was killed: every 10 s by default.
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        // The default lets no test notice a killed process sooner than after 6 s.
        settings.put("group.min.session.timeout.ms", "1000");
        settings.put("group.streams.min.session.timeout.ms", "1000");
        settings.put("group.streams.min.heartbeat.interval.ms", "100");
        oneReplicaOfEachInternalTopic(settings);
        smallAndQuick(settings);
        return settings;
    }

    private static void oneReplicaOfEachInternalTopic(Map<String, String> settings) {
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("default.replication.factor", "1");
    }

    private static void smallAndQuick(Map<String, String> settings) {
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "2");
        settings.put("background.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "1");
        // 128 MB by default, allocated at start.
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        settings.put("log.index.size.max.bytes", Integer.toString(1 << 20));
    }

    /** A free port other than {@code taken}, which stays free until the broker binds it and may be offered again till then. */
    private static int freePortBut(int taken) throws IOException {
        try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return first.getLocalPort() == taken ? second.getLocalPort() : first.getLocalPort();
        }
    }

    private static int requireFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // A port that was in use a moment ago (TIME_WAIT) can be taken again, as Kafka does.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return port;
        } catch (IOException e) {
            throw new BrokerStartException("port must be free: " + HOST + ":" + port + " (" + e.getMessage() + ")", e);
        }
    }

    /** Where clients reach it: {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    /** The folder of its data. */
    public Path dataFolder() {
        return dataFolder;
    }

    /** Stops the broker, keeps its data unless its folder was temporary. Does nothing the second time. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.shutdown();
        server.awaitShutdown();
        if (temporary) {
            TemporaryFolder.delete(dataFolder);
        }
    }
}
