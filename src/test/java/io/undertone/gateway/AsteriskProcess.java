package io.undertone.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An Asterisk of this machine, or of the Debian root that the property {@code asterisk.root} names, with a configuration of its own. Extension 200
 * plays through {@code chan_websocket}, 201 through AudioSocket.
 */
final class AsteriskProcess implements AutoCloseable {
    private static final Path ROOT = Path.of(System.getProperty("asterisk.root", "/"));
    private static final Pattern VERSION = Pattern.compile("Asterisk (\\d+)\\.");
    private static final int LEAST_MAJOR = 22;
    private static final int PATIENCE_S = 60;

    private static final List<String> MODULES = List.of(
            "res_sorcery_config",
            "res_sorcery_memory",
            "res_timing_timerfd",
            "res_http_websocket",
            "res_websocket_client",
            "chan_websocket",
            "res_audiosocket",
            "app_audiosocket",
            "pbx_config",
            "app_playback",
            "app_dial",
            "codec_ulaw",
            "format_pcm",
            "bridge_simple",
            "res_clioriginate");

    private final Path modules;
    private @Nullable Path folder;
    private @Nullable Process process;

    private AsteriskProcess(Path modules) {
        this.modules = modules;
    }

    /** Null where there is none that is new enough. */
    static @Nullable AsteriskProcess find() throws Exception {
        try {
            Process asked =
                    new ProcessBuilder(command("-V")).redirectErrorStream(true).start();
            Matcher version =
                    VERSION.matcher(new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            if (!version.find() || Integer.parseInt(version.group(1)) < LEAST_MAJOR) {
                return null;
            }
        } catch (IOException e) {
            return null; // no such program
        }
        for (String place : List.of("usr/lib/x86_64-linux-gnu/asterisk/modules", "usr/lib/asterisk/modules")) {
            Path modules = ROOT.resolve(place);
            if (Files.exists(modules.resolve("chan_websocket.so"))) {
                return new AsteriskProcess(modules);
            }
        }
        return null;
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        if (!ROOT.equals(Path.of("/"))) {
            command.addAll(List.of("chroot", ROOT.toString()));
        }
        command.add("/usr/sbin/asterisk");
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts it, and waits until it takes calls. */
    AsteriskProcess start(int gatewayPort, int audioSocketPort, String uuid, byte[] mulaw) throws Exception {
        Path own = Files.createTempDirectory(ROOT.resolve("tmp"), "undertone-asterisk-");
        folder = own;
        String inside = inside(own);
        Files.write(own.resolve("voice.ulaw"), mulaw);
        Files.writeString(
                own.resolve("asterisk.conf"),
                String.join(
                        "\n",
                        "[directories]",
                        "astetcdir => " + inside,
                        "astmoddir => " + inside(modules),
                        "astdatadir => /usr/share/asterisk",
                        "astvarlibdir => " + inside,
                        "astdbdir => " + inside,
                        "astkeydir => " + inside,
                        "astspooldir => " + inside,
                        "astrundir => " + inside,
                        "astlogdir => " + inside,
                        "astcachedir => " + inside,
                        ""));
        StringBuilder loads = new StringBuilder("[modules]\nautoload=no\n");
        for (String module : MODULES) {
            loads.append("load => ").append(module).append(".so\n");
        }
        Files.writeString(own.resolve("modules.conf"), loads);
        Files.writeString(
                own.resolve("websocket_client.conf"),
                String.join(
                        "\n",
                        "[undertone]",
                        "type = websocket_client",
                        "uri = ws://127.0.0.1:" + gatewayPort + "/asterisk",
                        "protocols = media",
                        "connection_type = per_call_config",
                        "tls_enabled = no",
                        ""));
        Files.writeString(
                own.resolve("extensions.conf"),
                String.join(
                        "\n",
                        "[default]",
                        "exten => 200,1,Dial(WebSocket/undertone/c(ulaw)v(CALL_ID=asterisk-1,ROLE=CUSTOMER))",
                        "exten => 201,1,Answer()",
                        " same => n,AudioSocket(" + uuid + ",127.0.0.1:" + audioSocketPort + ")",
                        "exten => play,1,Answer()",
                        " same => n,Playback(" + inside + "/voice)",
                        " same => n,Hangup()",
                        ""));
        process = new ProcessBuilder(command("-f", "-C", inside + "/asterisk.conf"))
                .redirectErrorStream(true)
                .redirectOutput(own.resolve("output.txt").toFile())
                .start();
        for (int tries = 0; !say("core waitfullybooted").contains("fully booted"); tries++) {
            if (tries == PATIENCE_S || !isAlive()) {
                throw new IllegalStateException(
                        "Asterisk did not start: " + Files.readString(own.resolve("output.txt")));
            }
            process.waitFor(1, TimeUnit.SECONDS);
        }
        return this;
    }

    private static String inside(Path path) {
        return "/" + ROOT.relativize(path);
    }

    /** Lets an extension hear the recording. */
    void call(String extension) throws Exception {
        say("channel originate Local/" + extension + "@default extension play@default");
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    private String say(String line) throws Exception {
        Process asked = new ProcessBuilder(
                        command("-C", inside(Objects.requireNonNull(folder)) + "/asterisk.conf", "-rx", line))
                .redirectErrorStream(true)
                .start();
        return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.destroy();
            try {
                if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (folder != null) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
