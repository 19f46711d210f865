package io.undertone.bench;

import io.undertone.config.ConfigSources;
import io.undertone.config.UndertoneConfig;
import io.undertone.kafka.Cluster;
import io.undertone.kafka.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The measured system: a broker and {@code serve}, each started in a separate process unless it already runs. */
public final class BenchRig implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("ready at (\\S+?),? ");
    private static final Pattern GATEWAY = Pattern.compile("the gateway: (ws\\S+)");
    private static final Pattern HTTP = Pattern.compile("(?:the page|health and metrics): (http\\S+)");

    private final Program program;
    private final Path state;
    private final List<ChildProcess> children = new ArrayList<>();
    private final Map<String, ProcessHandle> processes = new TreeMap<>();
    private @Nullable UndertoneConfig config;
    private volatile @Nullable URI serveAddress;
    private volatile @Nullable URI gatewayAddress;

    private BenchRig(Program program, Path state) {
        this.program = program;
        this.state = state;
    }

    /**
     * Starts what is missing and waits until it is ready.
     *
     * @param program how the processes are started
     * @param say receives progress messages, one line each
     * @param sources the configuration; gets the broker's address
     * @param options for {@code serve}, so that it has the same configuration
     * @param ownBroker whether to start a broker
     * @param ownServe whether to start {@code serve}
     * @param debug whether {@code say} also receives the processes' output
     */
    public static BenchRig start(
            Program program,
            Consumer<String> say,
            ConfigSources sources,
            List<String> options,
            boolean ownBroker,
            boolean ownServe,
            boolean debug)
            throws IOException, InterruptedException {
        Consumer<String> echo = debug ? say : line -> {};
        BenchRig rig = new BenchRig(program, Files.createTempDirectory("undertone-bench-"));
        try {
            if (ownBroker) {
                say.accept("starting a Kafka broker in its own process ...");
                sources.bootstrapServers(rig.startBroker(echo));
            }
            UndertoneConfig config = sources.load();
            rig.config = config;
            try (Cluster cluster = Cluster.reach(config, say)) {
                Topics.ensure(cluster, config);
            }
            if (ownServe) {
                say.accept("starting serve in its own process ...");
                rig.startServe(options, config, echo);
            }
            return rig;
        } catch (IOException | InterruptedException | RuntimeException e) {
            rig.close();
            throw e;
        }
    }

    /** Starts a broker and returns its address. */
    private String startBroker(Consumer<String> echo) throws IOException, InterruptedException {
        List<String> args =
                List.of("--port", "0", "--data", state.resolve("broker").toString());
        String ready = child("broker", args, echo).awaitReady();
        Matcher address = ADDRESS.matcher(ready + " ");
        if (!address.find()) {
            throw new IllegalStateException("the broker must say where it is: " + ready);
        }
        return address.group(1);
    }

    private void startServe(List<String> options, UndertoneConfig config, Consumer<String> echo)
            throws IOException, InterruptedException {
        List<String> args =
                new ArrayList<>(List.of("--set", "web.port=0", "--set", "streams.state.dir=" + state.resolve("serve")));
        args.addAll(options);
        args.addAll(List.of("--bootstrap-server", config.bootstrapServers()));
        child("serve", args, echo.andThen(this::noteAddress)).awaitReady();
    }

    private void noteAddress(String line) {
        Matcher address = HTTP.matcher(line);
        if (address.find()) {
            serveAddress = URI.create(address.group(1));
        }
        Matcher gateway = GATEWAY.matcher(line);
        if (gateway.find()) {
            gatewayAddress = URI.create(gateway.group(1));
        }
    }

    private ChildProcess child(String name, List<String> args, Consumer<String> echo) throws IOException {
        ChildProcess child = ChildProcess.start(program, name, args, echo);
        children.add(child);
        processes.put(name, child.handle());
        return child;
    }

    /** The configuration with the broker's address. */
    public UndertoneConfig config() {
        if (config == null) {
            throw new IllegalStateException("must be started first");
        }
        return config;
    }

    /** The address of the started {@code serve}'s metrics; empty where none was started. */
    public Optional<URI> serveAddress() {
        return Optional.ofNullable(serveAddress);
    }

    /** The address of the started {@code serve}'s gateway; empty where it has none. */
    public Optional<URI> gatewayAddress() {
        return Optional.ofNullable(gatewayAddress);
    }

    /** The started processes, by command. */
    public Map<String, ProcessHandle> processes() {
        return processes;
    }

    /** @throws Failure where a started process has ended */
    public void requireAlive() {
        children.forEach(ChildProcess::requireAlive);
    }

    /** Stops the started processes, {@code serve} first, and deletes their files. */
    @Override
    public void close() throws IOException {
        for (int i = children.size() - 1; i >= 0; i--) {
            children.get(i).close();
        }
        Folders.delete(state);
    }
}
