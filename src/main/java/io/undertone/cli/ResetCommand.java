package io.undertone.cli;

import io.undertone.config.UndertoneConfig;
import io.undertone.kafka.Cluster;
import io.undertone.kafka.Reset;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code undertone reset}. */
@Command(
        name = "reset",
        description = {
            "Deletes the state of an installation that is stopped: internal topics and local state; offsets are reset.",
            "First shows what it will delete. Public topics and their records are not changed."
        })
final class ResetCommand extends UndertoneSubcommand {
    @Option(
            names = "--offsets",
            paramLabel = "end|beginning|kept",
            defaultValue = "end",
            converter = OffsetsName.class,
            description =
                    "Where stages continue afterwards: at the end of their topics, at the beginning, or where they"
                            + " stopped. For webhooks: waiting records are skipped, all retained records are posted again, or nothing changes.")
    private Reset.Offsets offsets = Reset.Offsets.END;

    @Option(names = "--yes", description = "Do it without asking.")
    private boolean yes;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() throws InterruptedException, IOException {
        Logging.quietKafka(debug());
        UndertoneConfig config = options.load(surroundings());
        try (Cluster cluster = Cluster.reach(config, this::say);
                Reset reset = Reset.of(config)) {
            List<Reset.Part> plan = reset.plan();
            List<Path> folders =
                    config.stateFolders().stream().filter(Files::isDirectory).toList();
            if (plan.isEmpty() && folders.isEmpty()) {
                say("there is nothing to reset at " + config.bootstrapServers());
                return Errors.DONE;
            }
            plan.forEach(this::print);
            folders.forEach(folder -> out().println("delete  folder " + folder));
            if (!yes && !confirmed()) {
                say("nothing was changed; add --yes to do it");
                return Errors.FAILED;
            }
            reset.run(plan, offsets);
            for (Path folder : folders) {
                delete(folder);
            }
            say("done; local state on other machines has to be deleted there");
        }
        return Errors.DONE;
    }

    private void print(Reset.Part part) {
        part.topics().forEach(topic -> out().println("delete  topic  " + topic));
        if (part.offsets() > 0) {
            out().println((offsets == Reset.Offsets.KEPT ? "keep    " : "set     ") + "offsets of " + part.group()
                    + " in "
                    + part.source()
                    + (offsets == Reset.Offsets.KEPT
                            ? ""
                            : " to its " + offsets.name().toLowerCase(Locale.ROOT)));
        }
    }

    private static boolean confirmed() {
        Console console = System.console();
        return console != null && "yes".equals(console.readLine("Type yes to do this: "));
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(folder)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    /** Reads {@code --offsets}. */
    static final class OffsetsName implements picocli.CommandLine.ITypeConverter<Reset.Offsets> {
        @Override
        public Reset.Offsets convert(String name) {
            return Stream.of(Reset.Offsets.values())
                    .filter(offsets -> offsets.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst()
                    .orElseThrow(() ->
                            new picocli.CommandLine.TypeConversionException("must be end, beginning or kept: " + name));
        }
    }
}
