package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands in processes of their own against a broker apart, as an operator runs them. */
class ProcessesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endWhatIsLeft() {
        processes.forEach(Process::destroyForcibly);
    }

    private Process start(String name, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "-Dundertone.home=" + Path.of("").toAbsolutePath(),
                "io.undertone.cli.Main"));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private String err(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".err"));
    }

    private List<String> out(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name + ".out"));
    }

    @Test
    void shouldWorkInProcessesOfTheirOwn() throws Exception {
        DefaultBundle.isNeeded();
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            String server = broker.bootstrapServers();
            CommandRunner here = new CommandRunner();
            assertThat(here.run("topics", "--bootstrap-server", server).exitCode())
                    .isZero();
            Process features = start("features", "serve", "--stages", "features", "--bootstrap-server", server);
            Process inference = start("inference", "serve", "--stages", "inference", "--bootstrap-server", server);
            Process watch = start("watch", "watch", "--json", "--call-id", "one", "--bootstrap-server", server);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> err("features").contains("ready")
                            && err("inference").contains("ready")
                            && err("watch").contains("watching"));

            for (String callId : List.of("other", "one")) {
                CommandRunner.Result published = here.run(
                        "publish",
                        "demo/call.wav",
                        "--call-id",
                        callId,
                        "--speed",
                        "max",
                        "--bootstrap-server",
                        server);
                assertThat(published.exitCode()).as(published.err()).isZero();
            }
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> out("watch").stream().anyMatch(line -> line.contains("\"endReason\":\"LAST_CHUNK\"")));
            for (Process process : List.of(watch, features, inference)) {
                process.destroy();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
            }
        }
        ObjectMapper json = new ObjectMapper();
        int events = 0;
        for (String line : out("watch")) {
            JsonNode object = json.readTree(line);
            assertThat(object.get("callId").asText()).isEqualTo("one");
            assertThat(object.get("role").asText()).isEqualTo("CUSTOMER");
            events += object.has("eventId") ? 1 : 0;
        }
        assertThat(events).isGreaterThan(20);
    }
}
