package io.undertone.registry;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Apicurio Registry in a process of its own, on loopback and in memory: what {@code mvn -Pregistry} downloads. */
public final class ApicurioRegistry implements AutoCloseable {
    private static final Path FOLDER = Path.of("target/registry");
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Process process;
    private final String url;

    private ApicurioRegistry(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts one; the test is skipped, with a message, where it was not downloaded. */
    public static ApicurioRegistry start() throws IOException {
        Optional<Path> jar = jar();
        assumeThat(jar)
                .as("a schema registry in " + FOLDER + ": 'mvn -Pregistry dependency:unpack@registry' downloads it")
                .isPresent();
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.log.level=WARN",
                        "-jar",
                        jar.orElseThrow().toAbsolutePath().toString())
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("registry.log").toFile())
                .start();
        ApicurioRegistry registry = new ApicurioRegistry(process, "http://127.0.0.1:" + port + "/apis/ccompat/v7");
        try {
            Awaitility.await("the registry, see " + FOLDER.resolve("registry.log"))
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> !process.isAlive() || registry.answers());
            if (!process.isAlive()) {
                throw new IOException("the registry ended: " + Files.readString(FOLDER.resolve("registry.log")));
            }
            return registry;
        } catch (RuntimeException | IOException e) {
            registry.close();
            throw e;
        }
    }

    private static Optional<Path> jar() throws IOException {
        if (!Files.isDirectory(FOLDER)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar")).findFirst();
        }
    }

    private boolean answers() {
        try {
            return get("/subjects").startsWith("[");
        } catch (IOException e) {
            return false;
        }
    }

    /** What the registry says to a GET. */
    public String get(String path) throws IOException {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Where Confluent's interface begins. */
    public String url() {
        return url;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .orTimeout(10, java.util.concurrent.TimeUnit.SECONDS)
                .exceptionally(e -> process.destroyForcibly())
                .join();
    }
}
