package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher on machines made up of stand-ins for Java and Maven, in a folder that holds nothing else. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "bash",
            "dirname",
            "readlink",
            "sed",
            "head",
            "find",
            "mkdir",
            "touch",
            "rm",
            "cat",
            "flock",
            "chmod",
            "mktemp",
            "mv");

    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path folder;

    private Path bin;
    private Path project;

    @BeforeEach
    void copyLauncher() throws IOException {
        bin = Files.createDirectory(folder.resolve("bin"));
        project = Files.createDirectories(folder.resolve("a project"));
        for (String tool : TOOLS) {
            for (String place : List.of("/bin", "/usr/bin")) {
                Path real = Path.of(place, tool);
                if (Files.isExecutable(real) && !Files.exists(bin.resolve(tool))) {
                    program(bin.resolve(tool), "exec " + real + " \"$@\"");
                }
            }
        }
        Files.copy(Path.of("undertone"), project.resolve("undertone"));
        assertThat(project.resolve("undertone").toFile().setExecutable(true)).isTrue();
        Files.createDirectories(project.resolve("src/main"));
        Files.createDirectories(project.resolve("schemas"));
        Files.writeString(project.resolve("pom.xml"), "<project/>");
    }

    private void program(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/bash\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private void java(int version) throws IOException {
        Path jdk = folder.resolve("jdk");
        program(
                jdk.resolve("bin/java"),
                "for a; do echo \"arg: $a\"; done; echo \"omp: $OMP_WAIT_POLICY\";"
                        + " echo \"locale: $LC_ALL\"; exit 42");
        program(jdk.resolve("bin/javac"), "exit 0");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
        Files.createSymbolicLink(bin.resolve("java"), jdk.resolve("bin/java"));
    }

    private void maven(String version) throws IOException {
        program(
                bin.resolve("mvn"),
                "case \"$*\" in *-v) echo 'Apache Maven " + version
                        + "' ;; *) echo built >> builds; mkdir -p target/lib; echo > target/undertone.jar ;; esac");
    }

    private Run launch(Path launcher, String... args) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(this.environment);
        environment.put("PATH", bin.toString());
        environment.put("TMPDIR", Files.createDirectories(temporary()).toString());
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    private Run launch(String... args) throws Exception {
        return launch(project.resolve("undertone"), args);
    }

    private int builds() throws IOException {
        Path log = project.resolve("builds");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    @Test
    void shouldBeValidBash() throws Exception {
        Process process = new ProcessBuilder("bash", "-n", "undertone").start();

        assertThat(process.waitFor()).isZero();
    }

    @Test
    void shouldSayWhatToInstallWhereJavaIsMissing() throws Exception {
        Run run = launch("demo");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("needs Java 17 or newer, and there is no java in PATH")
                .contains("sudo apt-get install openjdk-17-jdk-headless")
                .contains("sudo dnf install java-17-openjdk-devel");
    }

    @Test
    void shouldSayWherePlatformsThatItIsNotBuiltForCanRunIt() throws Exception {
        environment.put("OSTYPE", "darwin23");
        environment.put("HOSTTYPE", "arm64");
        Run run = launch("demo");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("needs Linux on x86-64; this is darwin23 on arm64")
                .contains("docker/compose.yaml");
    }

    @Test
    void shouldSayWhatToInstallWhereJavaIsOld() throws Exception {
        java(11);

        Run run = launch("demo");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("needs Java 17 or newer").contains("is version 11");
    }

    @Test
    void shouldSayWhatToInstallWhereMavenIsMissing() throws Exception {
        java(17);

        Run run = launch("demo");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("building needs Maven 3.8 or newer").contains("sudo apt-get install maven");
    }

    @Test
    void shouldSayWhatToInstallWhereMavenIsOld() throws Exception {
        java(17);
        maven("3.6.3");

        Run run = launch("demo");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("is 3.6");
    }

    @Test
    void shouldSayWhatIsMissingWhereJavaCannotCompile() throws Exception {
        java(17);
        maven("3.9.9");
        Files.delete(folder.resolve("jdk/bin/javac"));

        Run run = launch("demo");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("it has no javac");
    }

    @Test
    void shouldBuildOnceAndPassArgumentsAndExitCodeThrough() throws Exception {
        java(21);
        maven("3.8.7");

        Run first = launch("classify", "a file.wav");
        Run second = launch("classify", "a file.wav");

        assertThat(first.exitCode()).isEqualTo(42);
        assertThat(first.err()).contains("building");
        assertThat(second.out()).contains("arg: classify\narg: a file.wav\n").contains("omp: passive");
        assertThat(second.err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void shouldPrepareQuickStartsOnce() throws Exception {
        java(17);
        maven("3.8.7");

        Run first = launch("config");
        Run second = launch("config");

        assertThat(first.err()).contains("preparing quick starts");
        assertThat(second.err()).isEmpty();
        assertThat(second.out()).contains("arg: -XX:TieredStopAtLevel=1").doesNotContain("SharedArchiveFile");
    }

    @Test
    void shouldUseUtf8WhereTheLocaleSaysNothing() throws Exception {
        java(17);
        maven("3.8.7");
        launch("config");

        assertThat(launch("config").out()).contains("locale: C.UTF-8");
        environment.put("LC_ALL", "POSIX");
        assertThat(launch("config").out()).contains("locale: C.UTF-8");
        environment.put("LC_ALL", "pl_PL.UTF-8");
        assertThat(launch("config").out()).contains("locale: pl_PL.UTF-8");
    }

    /** An older Java refuses to start with options that it does not know. */
    @ParameterizedTest
    @CsvSource({"17, false", "21, false", "22, false", "23, true", "25, true"})
    void shouldKeepNewerJavasFromWarning(int version, boolean unsafe) throws Exception {
        java(version);
        maven("3.8.7");

        String options = launch("config").out();
        // The jar allows machine code, see ComponentsIT: asked for here as well, Java 25 finds fault with its archive
        // of classes.
        assertThat(options).doesNotContain("--enable-native-access");
        assertThat(options.contains("arg: --sun-misc-unsafe-memory-access=allow"))
                .isEqualTo(unsafe);
    }

    @Test
    void shouldPrepareQuickStartsForEachJava() throws Exception {
        java(17);
        maven("3.8.7");
        launch("config");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"21.0.1\"\n");

        assertThat(launch("config").err()).contains("preparing quick starts");
        assertThat(launch("config").err()).isEmpty();
    }

    @Test
    void shouldSayWhereTemporaryFilesGoAndStopWhereNoFolderTakesThem() throws Exception {
        java(17);
        maven("3.8.7");
        launch("config");
        Files.delete(bin.resolve("mktemp"));
        program(bin.resolve("mktemp"), "case \"$1\" in */target/*) exec /usr/bin/mktemp \"$@\" ;; *) exit 1 ;; esac");

        Run other = launch("config");
        assertThat(other.err()).contains("using " + project.toRealPath() + "/target for temporary files");
        assertThat(other.out()).contains("arg: -Djava.io.tmpdir=" + project.toRealPath() + "/target");

        program(bin.resolve("mktemp"), "exit 1");
        Run none = launch("config");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).contains("in which programs may run").contains("Set TMPDIR");
    }

    @Test
    void shouldPassOverATemporaryFolderWithoutRoomForLibraries() throws Exception {
        java(17);
        maven("3.8.7");
        launch("config");
        String table = "echo 'Filesystem 1024-blocks Used Available Capacity Mounted on'; case \"$2\" in " + temporary()
                + ") echo 'tmpfs 70000 60000 10000 86%% /tmp' ;; *) echo '/dev/sda1 900000 1 %d 1%% /' ;; esac";
        program(bin.resolve("df"), String.format(table, 65_536));
        assertThat(launch("config").err()).contains("using /var/tmp for temporary files: " + temporary());

        program(bin.resolve("df"), String.format(table, 65_535));
        Run none = launch("config");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).contains("less than 64 MB free. Set TMPDIR");
    }

    /** Standard output is the program's: Java has not been started. */
    @ParameterizedTest
    @CsvSource({
        "-n 128, classify, allows 128 open files, LimitNOFILE",
        "-v 4194304, classify, 'allows 4096 MB of address space, and Java needs 5120', raise ulimit -v",
        "-v 5242880, serve, 'allows 5120 MB of address space, and Java needs 6144', raise ulimit -v",
    })
    @EnabledOnOs(OS.LINUX)
    void shouldSayWhatTheSystemAllowsTooLittleOf(String limit, String command, String cause, String remedy)
            throws Exception {
        java(17);
        maven("3.8.7");
        launch("config");
        Path tight = bin.resolve("tight");
        program(tight, "ulimit " + limit + "; exec '" + project.resolve("undertone") + "' \"$@\"");

        Run run = launch(tight, command);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains(cause).contains(remedy);
    }

    @Test
    void shouldLeaveLongRunsToJavasDefaults() throws Exception {
        java(17);
        maven("3.8.7");

        assertThat(launch("train").out()).doesNotContain("-XX:Tiered").doesNotContain("-XX:Inline");
    }

    @Test
    void shouldSpareTheCompilerWhereCallsAreServed() throws Exception {
        java(17);
        maven("3.8.7");

        assertThat(launch("serve").out()).contains("arg: -XX:InlineSmallCode=1200\narg: -XX:MaxInlineLevel=7\n");
        assertThat(launch("bench").out())
                .contains("arg: -Dundertone.serving.options=-XX:InlineSmallCode=1200 -XX:MaxInlineLevel=7\n");
    }

    @Test
    void shouldBuildAgainWhenASourceIsNewer() throws Exception {
        java(17);
        maven("3.8.7");
        launch("config");

        Path source = Files.writeString(project.resolve("src/main/New.java"), "");
        assertThat(source.toFile().setLastModified(System.currentTimeMillis() + 5_000))
                .isTrue();
        Run run = launch("config");

        assertThat(run.err()).contains("sources have changed");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void shouldSayWhenTheBuildFails() throws Exception {
        java(17);
        program(
                bin.resolve("mvn"),
                "case \"$*\" in *-v) echo 'Apache Maven 3.8.7' ;; *) echo 'ERROR: no'; exit 1 ;; esac");

        Run run = launch("config");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("ERROR: no").contains("the build failed");
    }

    @Test
    void shouldWorkThroughASymbolicLink() throws Exception {
        java(17);
        maven("3.8.7");
        Path link = Files.createSymbolicLink(bin.resolve("undertone"), project.resolve("undertone"));

        Run run = launch(link, "config");

        assertThat(run.exitCode()).isEqualTo(42);
        assertThat(run.out()).contains("arg: -Dundertone.home=" + project.toRealPath());
    }

    /**
     * What a run did.
     *
     * @param exitCode its exit code
     * @param out its standard output
     * @param err its standard error
     */
    private record Run(int exitCode, String out, String err) {}

    private Path temporary() {
        return folder.resolve("tmp");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldDeleteWhatAKilledProcessUnpackedAndNothingThatIsInUse() throws Exception {
        java(17);
        maven("3.8.7");
        Path killed = scratch("killed");
        Path running = scratch("running");
        Process owner = new ProcessBuilder(
                        "flock", running.resolve("lock").toString(), "bash", "-c", "echo held; read -r")
                .start();
        try (BufferedReader said = owner.inputReader()) {
            assertThat(said.readLine()).isEqualTo("held");

            Run run = launch("serve");

            assertThat(run.out())
                    .containsPattern("arg: -Djava.io.tmpdir=" + temporary() + "/undertone-scratch-\\w{8}\n");
            assertThat(killed).doesNotExist();
            assertThat(running.resolve("library.so")).exists();
        } finally {
            owner.destroy();
        }
    }

    /** Left an hour ago. */
    private Path scratch(String name) throws IOException {
        Path scratch = Files.createDirectories(temporary().resolve("undertone-scratch-" + name));
        Files.createFile(scratch.resolve("lock"));
        Files.createFile(scratch.resolve("library.so"));
        Files.setLastModifiedTime(scratch, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        return scratch;
    }
}
