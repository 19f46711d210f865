package io.undertone.cli;

import io.undertone.config.ConfigSources;
import io.undertone.config.UndertoneConfig;
import io.undertone.embedded.EmbeddedBroker;
import io.undertone.registry.SelfSigned;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A broker that lets nobody in but by TLS and SCRAM, and allows nothing but what ACLs allow. */
final class SecuredBroker implements AutoCloseable {
    private static final String SECRET = SelfSigned.PASSWORD;
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
    private static final List<String> USERS =
            List.of("admin", "undertone", "webhooks", "publisher", "watcher", "stranger");

    private final Path folder;
    private final int port;
    private final EmbeddedBroker broker;

    SecuredBroker(Path folder) throws Exception {
        this.folder = folder;
        SelfSigned.make(folder, "broker", "127.0.0.1").trustStore(folder.resolve("trust.p12"));
        try (ServerSocket client = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket controller = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = client.getLocalPort();
            int controllerPort = controller.getLocalPort();
            client.close();
            controller.close();
            broker = EmbeddedBroker.start(
                    0,
                    folder.resolve("data"),
                    settings(controllerPort),
                    USERS.stream()
                            .map(user -> "SCRAM-SHA-256=[name=" + user + ",password=" + password(user) + "]")
                            .toList());
        }
    }

    private Map<String, String> settings(int controllerPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("listeners", "SASL_SSL://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "SASL_SSL://127.0.0.1:" + port);
        settings.put("listener.security.protocol.map", "SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put("inter.broker.listener.name", "SASL_SSL");
        settings.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-256");
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-256");
        settings.put("listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config", jaas("admin"));
        settings.put("ssl.keystore.location", folder.resolve("broker.p12").toString());
        settings.put("ssl.keystore.password", SECRET);
        settings.put("ssl.key.password", SECRET);
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.truststore.location", folder.resolve("trust.p12").toString());
        settings.put("ssl.truststore.password", SECRET);
        settings.put("ssl.truststore.type", "PKCS12");
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        // The controller talks to itself without a name, on its own listener.
        settings.put("super.users", "User:admin;User:ANONYMOUS");
        settings.put("allow.everyone.if.no.acl.found", "false");
        return settings;
    }

    private static String password(String user) {
        return user + "-password";
    }

    private static String jaas(String user) {
        return SCRAM + " required username=\"" + user + "\" password=\"" + password(user) + "\";";
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** What a user gives to {@code --command-config}. */
    Path clientFile(String user) throws Exception {
        return Files.writeString(
                folder.resolve(user + ".properties"),
                String.join(
                        "\n",
                        "security.protocol=SASL_SSL",
                        "sasl.mechanism=SCRAM-SHA-256",
                        "sasl.jaas.config=" + jaas(user),
                        "ssl.truststore.location=" + folder.resolve("trust.p12"),
                        "ssl.truststore.type=PKCS12",
                        "ssl.truststore.password=" + SECRET,
                        ""));
    }

    /** A configuration of that user. */
    UndertoneConfig config(String user, String... settings) throws Exception {
        ConfigSources sources = new ConfigSources()
                .bootstrapServers(bootstrapServers())
                .commandConfig(clientFile(user))
                .set("topic.partitions=2");
        for (String setting : settings) {
            sources.set(setting);
        }
        return sources.load();
    }

    @Override
    public void close() {
        broker.close();
    }
}
