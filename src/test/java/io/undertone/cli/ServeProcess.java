package io.undertone.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code undertone serve} in a process of its own, with its state in a folder of its own. */
final class ServeProcess implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("health and metrics: (http://\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(undertone_\\w+)(\\{[^}]*})? ([0-9.eE+-]+)$");
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String name;
    private final Path state;
    private final ProgramProcess program;

    private ServeProcess(String name, Path state, ProgramProcess program) {
        this.name = name;
        this.state = state;
        this.program = program;
    }

    /**
     * Starts it with the stages features and inference.
     *
     * @param log names the files that get its output
     * @param state its state folder
     * @param settings as {@code --set} takes them
     */
    static ServeProcess start(
            Path logs, String name, String log, Path state, String bootstrapServers, List<String> settings) {
        return start(logs, name, log, state, bootstrapServers, "features,inference", settings);
    }

    /** The same with other stages. */
    static ServeProcess start(
            Path logs,
            String name,
            String log,
            Path state,
            String bootstrapServers,
            String stages,
            List<String> settings) {
        List<String> args = new ArrayList<>(List.of(
                "serve",
                "--stages",
                stages,
                "--bootstrap-server",
                bootstrapServers,
                "--set",
                "streams.state.dir=" + state,
                "--set",
                "web.port=0"));
        settings.forEach(setting -> args.addAll(List.of("--set", setting)));
        return new ServeProcess(name, state, ProgramProcess.start(logs, log, args));
    }

    String name() {
        return name;
    }

    Path state() {
        return state;
    }

    ProgramProcess program() {
        return program;
    }

    boolean isReady() {
        return program.says("ready; Ctrl-C ends it");
    }

    /** What {@code /health/NAME} answers: 200 or 503; 0 where nobody does. */
    int health(String which) {
        try {
            return get("health/" + which).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Its counters and gauges, each summed over its labels. */
    Map<String, Double> metrics() throws IOException {
        Map<String, Double> sums = new HashMap<>();
        Matcher sample = SAMPLE.matcher(get("metrics").body());
        while (sample.find()) {
            sums.merge(sample.group(1), Double.parseDouble(sample.group(3)), Double::sum);
        }
        return sums;
    }

    private HttpResponse<String> get(String path) throws IOException {
        Matcher address = ADDRESS.matcher(program.err());
        if (!address.find()) {
            throw new IOException("does not listen yet: " + name);
        }
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create(address.group(1)).resolve("/" + path))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
