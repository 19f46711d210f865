package io.undertone.training;

import io.undertone.bundle.Persistence;
import io.undertone.training.condition.Condition;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

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
        addData(command, options);
        addReport(command, options);
        addExtras(command, options.beside());
        addCalibration(command, options);
        command.add("--seed " + options.seed());
        command.add("--out " + (options.models() == null ? "models" : name(options.models())));
        if (options.bundleName() != null) {
            command.add("--name " + options.bundleName());
        }
        return command.add("--bundle-version " + options.version()).toString();
    }

    private static void addData(StringJoiner command, TrainRun.Options options) {
        command.add("--recipe " + options.recipe());
        addFolder(command, "--features", options.features());
        options.corpora().forEach(folder -> addFolder(command, "--corpus", folder));
        addList(command, "--leave-out", options.leaveOut());
    }

    private static void addReport(StringJoiner command, TrainRun.Options options) {
        if (options.report() == null) {
            return;
        }
        addFolder(command, "--report", options.report());
        addList(command, "--folds-of", options.foldsOf());
        if (options.fold() != null) {
            command.add("--fold " + options.fold());
        }
        if (!options.conditions().equals(List.of(Condition.values()))) {
            addList(
                    command,
                    "--conditions",
                    options.conditions().stream().map(Condition::id).toList());
        }
    }

    private static void addExtras(StringJoiner command, TrainRun.Extras extras) {
        extras.ordinary().forEach(folder -> addFolder(command, "--ordinary", folder));
        extras.notSpeech().forEach(folder -> addFolder(command, "--not-speech", folder));
        extras.measureOnly().forEach(folder -> addFolder(command, "--measure", folder));
        List<String> crossCorpus = extras.crossCorpus();
        if (crossCorpus != null && crossCorpus.isEmpty()) {
            command.add("--cross-corpus");
        } else if (crossCorpus != null) {
            addList(command, "--cross-corpus", crossCorpus);
        }
    }

    private static void addCalibration(StringJoiner command, TrainRun.Options options) {
        if (options.temperature() != null) {
            command.add("--temperature " + options.temperature());
        }
        Persistence persistence = options.persistence();
        if (persistence != null) {
            command.add("--persistence " + persistence.dwellSeconds() + "," + persistence.evidence() + ","
                    + persistence.temperature());
        }
        addFolder(command, "--calls-report", options.callsReport());
        addFolder(command, "--calibration", options.calibration());
    }

    private static void addFolder(StringJoiner command, String option, @Nullable Path folder) {
        if (folder != null) {
            command.add(option + " " + name(folder));
        }
    }

    private static void addList(StringJoiner command, String option, List<String> values) {
        if (!values.isEmpty()) {
            command.add(option + " " + String.join(",", values));
        }
    }

    private static String name(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? "" : name.toString();
    }
}
