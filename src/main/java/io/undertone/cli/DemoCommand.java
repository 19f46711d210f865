package io.undertone.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.config.ConfigKeys;
import io.undertone.config.ConfigSources;
import io.undertone.config.GatewayKeys;
import io.undertone.source.CallFile;
import io.undertone.source.PlayedCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code undertone demo}. */
@Command(
        name = "demo",
        description = {
            "Runs everything on this machine: starts a Kafka broker in this process, the topics and both"
                    + " applications, plays a call into them and prints each event as it can be read, then a summary.",
            "Nothing is left behind."
        })
final class DemoCommand extends UndertoneSubcommand {
    private static final int PAGE_PORT = 8_080;

    @Option(
            names = "--call",
            paramLabel = "AUDIO",
            description = "The call, an audio file: agent and customer, left and right, or the customer alone."
                    + " Default: demo/call.wav.")
    private @Nullable Path call;

    @Option(
            names = "--roles",
            paramLabel = "ROLE,...",
            converter = ChannelRoles.Converter.class,
            description = "Role of each channel: customer, agent or unknown; - skips a channel.")
    private @Nullable ChannelRoles roles;

    @Option(
            names = "--speed",
            paramLabel = "N|max",
            defaultValue = "4",
            converter = Speed.class,
            description = "Multiple of real time (1: as a call is spoken), or max: as fast as possible.")
    private double speed;

    @Option(names = "--json", description = "One JSON object for each event and summary on standard output.")
    private boolean json;

    @Option(names = "--stay", description = "Keep the page open after the call's end, until Ctrl-C.")
    private boolean stay;

    @Option(
            names = "--gateway",
            paramLabel = "PLATFORM",
            description = "Send the call through the gateway, from a small client of this platform's protocol:"
                    + " twilio, genesys or asterisk.")
    private @Nullable String gateway;

    @Mixin
    private LocalConfigOptions options = new LocalConfigOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path file = call == null ? surroundings().sampleCall() : call;
        PlayedCall played = CallFile.read(file, CallFile.stem(file), roles == null ? List.of() : roles.roles());
        played.audio().remarks().forEach(this::say);
        ConfigSources sources = new ConfigSources().environment(surroundings().environment());
        options.addTo(sources);
        // Defaults that are enough for one call.
        setDefault(sources, ConfigKeys.TOPIC_PARTITIONS, 1);
        setDefault(sources, ConfigKeys.WEB_PORT, isFree(PAGE_PORT) ? PAGE_PORT : 0);
        sources.set(ConfigKeys.STAGES, "features,inference,web");
        Logging.quiet(debug());
        Logging.quietBroker(debug());
        if (gateway != null && !GatewayCall.PLATFORMS.contains(gateway)) {
            throw wrongUsage("--gateway must be one of " + GatewayCall.PLATFORMS + ": " + gateway);
        }
        setDefault(sources, GatewayKeys.PORT, 0);
        CallSource source = gateway == null
                ? new PublishedCall(played, speed)
                : new GatewayCall(gateway, played, speed, new SimpleMeterRegistry(), this::say);
        Demo demo = new Demo(surroundings(), sources, EventPrinters.of(surroundings(), json), stay, this::say);
        return demo.run(played, source, StopSignal.install(demo::stop));
    }

    /** Whether this port is free for the page; otherwise any free one is used. */
    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static void setDefault(ConfigSources sources, String key, Object value) {
        if (sources.origin(key).equals(ConfigSources.DEFAULT)) {
            sources.set(key, value);
        }
    }
}
