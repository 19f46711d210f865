package io.undertone.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.undertone.config.ConfigSources;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the images to their rules, as far as that goes without building them. */
class ImagesTest {
    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "Dockerfile.cuda"})
    void shouldPinBaseImages(String name) throws Exception {
        List<String> stages = starting(dockerfile(name), "FROM ");

        assertThat(stages).hasSizeGreaterThan(1).allMatch(from -> Pinned.is(from.split(" ")[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "Dockerfile.cuda"})
    void shouldRunWithoutRootAndSayHowItFares(String name) throws Exception {
        List<String> lines = dockerfile(name);
        List<String> last = lines.subList(lastFrom(lines), lines.size());

        assertThat(starting(last, "USER ")).containsExactly("10001:10001");
        assertThat(starting(last, "HEALTHCHECK "))
                .singleElement()
                .asString()
                .endsWith("CMD [\"/opt/undertone/docker/healthcheck\", \"live\"]");
        assertThat(starting(last, "ENTRYPOINT ")).containsExactly("[\"/opt/undertone/undertone\"]");
        assertThat(starting(last, "CMD ")).containsExactly("[\"serve\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "Dockerfile.cuda"})
    void shouldCopyOnlyWhatTheContextHolds(String name) throws Exception {
        assumeTrue(Files.isDirectory(Path.of("models")), "skipped: no bundles here");
        List<String> sent = Files.readAllLines(Path.of(".dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        for (String copy : starting(dockerfile(name), "COPY ")) {
            if (!copy.startsWith("--from=")) {
                List<String> words = List.of(copy.split(" "));
                assertThat(sent).as(copy).containsAll(words.subList(0, words.size() - 1));
            }
        }
        assertThat(sent).allSatisfy(path -> assertThat(Path.of(path)).exists());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "Dockerfile.cuda"})
    void shouldSetKeysThatExist(String name) throws Exception {
        Map<String, String> environment = new HashMap<>();
        for (String env : starting(dockerfile(name), "ENV ")) {
            Matcher pair = Pattern.compile("(\\w+)=(\"[^\"]*\"|\\S+)").matcher(env);
            while (pair.find()) {
                environment.put(pair.group(1), pair.group(2).replace("\"", ""));
            }
        }

        assertThat(environment).containsEntry("UNDERTONE_BUILD", "never");
        assertThat(Environment.unknownKeys(environment)).isEmpty();
        new ConfigSources().environment(environment).load();
    }

    @ParameterizedTest
    @CsvSource({"200 OK, 0", "503 Service Unavailable, 1"})
    void shouldTellHealthByTheStatus(String status, int exitCode) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "skipped: no /bin/bash here");
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ProcessBuilder command = new ProcessBuilder("docker/healthcheck", "ready").redirectErrorStream(true);
            command.environment().put("UNDERTONE_WEB_PORT", Integer.toString(server.getLocalPort()));
            Process process = command.start();

            assertThat(answer(server, status)).isEqualTo("GET /health/ready HTTP/1.0");
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(exitCode);
        }
    }

    @Test
    void shouldBeUnhealthyWhereNobodyAnswers() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "skipped: no /bin/bash here");
        int free;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = server.getLocalPort();
        }
        ProcessBuilder command = new ProcessBuilder("docker/healthcheck", "live").redirectErrorStream(true);
        command.environment().put("UNDERTONE_WEB_PORT", Integer.toString(free));
        Process process = command.start();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
    }

    /** Answers one request; returns its first line. */
    private static String answer(ServerSocket server, String status) throws IOException {
        server.setSoTimeout(30_000);
        try (Socket socket = server.accept();
                InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream()) {
            StringBuilder request = new StringBuilder();
            while (request.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                assertThat(next).isNotNegative();
                request.append((char) next);
            }
            out.write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return request.substring(0, request.indexOf("\r\n"));
        }
    }

    private static List<String> dockerfile(String name) throws IOException {
        return DeploymentFiles.instructions(DeploymentFiles.FOLDER.resolve(name));
    }

    private static int lastFrom(List<String> lines) {
        int last = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("FROM ")) {
                last = i;
            }
        }
        return last;
    }

    private static List<String> starting(List<String> lines, String word) {
        return lines.stream()
                .filter(line -> line.startsWith(word))
                .map(line -> line.substring(word.length()))
                .toList();
    }
}
