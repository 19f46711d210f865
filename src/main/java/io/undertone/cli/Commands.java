package io.undertone.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** The commands of {@code undertone}, in the order of the help. */
final class Commands {
    private static final Map<String, Class<?>> ALL = all();

    private Commands() {}

    private static Map<String, Class<?>> all() {
        Map<String, Class<?>> all = new LinkedHashMap<>();
        all.put("demo", DemoCommand.class);
        all.put("serve", ServeCommand.class);
        all.put("publish", PublishCommand.class);
        all.put("watch", WatchCommand.class);
        all.put("classify", ClassifyCommand.class);
        all.put("topics", TopicsCommand.class);
        all.put("reset", ResetCommand.class);
        all.put("broker", BrokerCommand.class);
        all.put("bench", BenchCommand.class);
        all.put("bundle", BundleCommand.class);
        all.put("train", TrainCommand.class);
        all.put("evaluate", EvaluateCommand.class);
        all.put("config", ConfigCommand.class);
        all.put("help", CommandLine.HelpCommand.class);
        return Collections.unmodifiableMap(all);
    }

    /** A parser that knows every command. */
    static CommandLine parser(UndertoneCommand root) {
        CommandLine parser = new CommandLine(root);
        ALL.forEach(parser::addSubcommand);
        return parser;
    }

    /** A parser for these arguments: with the given command only, if any, since setting up all of them takes a tenth of a second. */
    static CommandLine parser(UndertoneCommand root, String... args) {
        Class<?> named = args.length == 0 ? null : ALL.get(args[0]);
        return named == null || named == CommandLine.HelpCommand.class
                ? parser(root)
                : new CommandLine(root).addSubcommand(args[0], named);
    }
}
