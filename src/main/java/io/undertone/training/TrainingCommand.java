package io.undertone.training;

import io.undertone.bundle.Persistence;
import io.undertone.training.condition.Condition;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** The command that reproduces a bundle, for its card: all options that affect the result, with only the last name of files and folders. */
final class TrainingCommand {
    private TrainingCommand() {}

    /**
     * The command.
     *
     * @param options of the run
     */
    static String of(TrainRun.Options options) {
        StringJoiner command = new StringJoiner(" ", "./undertone train ", "");
        command.add("--recipe " + options.recipe());
        if (options.features() != null) {
            command.add("--features " + name(options.features()));
        }
        options.corpora().forEach(folder -> command.add("--corpus " + name(folder)));
        if (!options.leaveOut().isEmpty()) {
            command.add("--leave-out " + String.join(",", options.leaveOut()));
        }
        if (options.report() != null) {
            command.add("--report " + name(options.report()));
            if (!options.foldsOf().isEmpty()) {
                command.add("--folds-of " + String.join(",", options.foldsOf()));
            }
            if (options.fold() != null) {
                command.add("--fold " + options.fold());
            }
            if (!options.conditions().equals(List.of(Condition.values()))) {
                command.add("--conditions "
                        + options.conditions().stream().map(Condition::id).collect(Collectors.joining(",")));
            }
        }
        TrainRun.Extras beside = options.beside();
        beside.ordinary().forEach(folder -> command.add("--ordinary " + name(folder)));
        beside.notSpeech().forEach(folder -> command.add("--not-speech " + name(folder)));
        beside.measureOnly().forEach(folder -> command.add("--measure " + name(folder)));
        List<String> crossCorpus = beside.crossCorpus();
        if (crossCorpus != null) {
            command.add(crossCorpus.isEmpty() ? "--cross-corpus" : "--cross-corpus " + String.join(",", crossCorpus));
        }
        if (options.temperature() != null) {
            command.add("--temperature " + options.temperature());
        }
        Persistence persistence = options.persistence();
        if (persistence != null) {
            command.add("--persistence " + persistence.dwellSeconds() + "," + persistence.evidence() + ","
                    + persistence.temperature());
        }
        if (options.callsReport() != null) {
            command.add("--calls-report " + name(options.callsReport()));
        }
        if (options.calibration() != null) {
            command.add("--calibration " + name(options.calibration()));
        }
        command.add("--seed " + options.seed());
        return command.add("--out " + (options.models() == null ? "models" : name(options.models())))
                .add((options.bundleName() == null ? "" : "--name " + options.bundleName() + " ") + "--bundle-version "
                        + options.version())
                .toString();
    }

    private static String name(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? "" : name.toString();
    }
}
