package io.undertone.training;

import io.undertone.bundle.Persistence;
import io.undertone.bundle.TemperatureRule;
import io.undertone.training.condition.Condition;
import io.undertone.training.network.TrainingProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Trains a bundle by a recipe, measures the recipe, or both. A killed run resumes when restarted with the same options, and produces the
 * same bundle.
 */
public final class TrainRun {
    private TrainRun() {}

    /**
     * What is measured besides the folds.
     *
     * @param ordinary folders of ordinary speech; of those among the corpora, speakers are held out in turn. Corpora with only neutral or
     *     calm speech always count as such
     * @param notSpeech folders of music, tones and noise
     * @param measureOnly folders of corpora that are scored, but never fitted to
     * @param crossCorpus names of corpora that are left out entirely, one at a time; empty for all with more than one label; null for none
     */
    public record Extras(
            List<Path> ordinary,
            List<Path> notSpeech,
            List<Path> measureOnly,
            @Nullable List<String> crossCorpus) {
        /** Nothing. */
        public static final Extras NONE = new Extras(List.of(), List.of(), List.of(), null);

        public Extras {
            ordinary = List.copyOf(ordinary);
            notSpeech = List.copyOf(notSpeech);
            measureOnly = List.copyOf(measureOnly);
            crossCorpus = crossCorpus == null ? null : List.copyOf(crossCorpus);
        }
    }

    /**
     * Options of a run.
     *
     * @param recipe {@code reference}, {@code telephone}, {@code telephone-pitch} or {@code telephone-mean}
     * @param features table of features, for the reference recipe
     * @param corpora folders of corpora, for the other recipes
     * @param models folder that bundles are written to; null to measure only
     * @param bundleName of the bundle; null for the recipe's own
     * @param version of the bundle
     * @param report folder that the report is written to; null to train only (the reference recipe always measures itself)
     * @param callsReport figures of {@link CallsRun} for the bundle and its card; null for none
     * @param calibration folder of an earlier report of the recipe, from which the bundle takes calibration and card if this run makes no
     *     report; null for none
     * @param temperature of the bundle's confidences, 0.05 to 20; null for the folds' value, or 1 if none were run
     * @param persistence of the bundle's verdicts; null for the folds' value, or none if none were run
     * @param foldsOf names of the corpora whose speakers are held out in turn; empty for all
     * @param fold number, from 1, of the only training that is run and that also makes the bundle; null for all folds and a bundle of all
     *     speakers
     * @param conditions that the folds are measured under
     * @param beside what is measured besides the folds, for recipes for recordings; nothing without a report
     * @param leaveOut speakers that are neither trained nor measured on
     * @param work folder for checkpoints
     * @param seed fixes all randomness
     * @param threads members fitted in parallel; does not change results
     * @param created date written into the bundle
     */
    public record Options(
            String recipe,
            @Nullable Path features,
            List<Path> corpora,
            @Nullable Path models,
            @Nullable String bundleName,
            String version,
            @Nullable Path report,
            @Nullable Path callsReport,
            @Nullable Path calibration,
            @Nullable Double temperature,
            @Nullable Persistence persistence,
            List<String> foldsOf,
            @Nullable Integer fold,
            List<Condition> conditions,
            Extras beside,
            List<String> leaveOut,
            Path work,
            long seed,
            int threads,
            LocalDate created) {
        private static final Pattern BUNDLE_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

        public Options {
            corpora = List.copyOf(corpora);
            foldsOf = List.copyOf(foldsOf);
            conditions = List.copyOf(conditions);
            leaveOut = List.copyOf(leaveOut);
            if (bundleName != null && (!BUNDLE_NAME.matcher(bundleName).matches() || recipe.equals("reference"))) {
                throw new IllegalArgumentException(
                        "a bundle's name must be 1 to 40 of a-z, 0-9 and -, of a recipe for recordings: name="
                                + bundleName + ", recipe=" + recipe);
            }
            if (models == null && report == null) {
                throw new IllegalArgumentException(
                        "must name an output folder, a report folder or both: out=null, report=null");
            }
            if (fold != null && (report == null || recipe.equals("reference"))) {
                throw new IllegalArgumentException(
                        "one fold can only be run by a recipe for recordings, and with a report: fold=" + fold
                                + ", report=" + report + ", recipe=" + recipe);
            }
            if (calibration != null && (report != null || models == null || recipe.equals("reference"))) {
                throw new IllegalArgumentException(
                        "calibration comes from an earlier report where a bundle is written without one of its own, by a recipe for"
                                + " recordings: calibration=" + calibration + ", report=" + report + ", out=" + models
                                + ", recipe=" + recipe);
            }
            if (!beside.equals(Extras.NONE) && (report == null || recipe.equals("reference"))) {
                throw new IllegalArgumentException(
                        "ordinary speech, what is no speech and other corpora are measured for a report, by a recipe for recordings: recipe="
                                + recipe + ", report=" + report + ", " + beside);
            }
            if (temperature != null) {
                TemperatureRule.require("temperature", temperature);
            }
            if ((persistence != null || temperature != null) && (models == null || recipe.equals("reference"))) {
                throw new IllegalArgumentException(
                        "only a bundle that is written (out), by a recipe for recordings, can be told its temperature and how long"
                                + " emotions last: temperature=" + temperature + ", persistence=" + persistence
                                + ", out=" + models + ", recipe=" + recipe);
            }
        }
    }

    /**
     * Runs.
     *
     * @param hearing called with the number of clips processed, from the extracting threads
     * @param stop asked after each epoch; true to stop, to be resumed later
     * @return the bundle's folder; empty if stopped or only measuring
     */
    public static Optional<Path> run(
            Options options, TrainingProgress progress, IntConsumer hearing, BooleanSupplier stop) throws IOException {
        return switch (options.recipe()) {
            case "reference" -> new ReferenceRun(options, progress, stop).run();
            case "telephone" -> new CorpusRun(FramesRecipe.telephone(), options, progress, hearing, stop).run();
            case "telephone-pitch" ->
                new CorpusRun(FramesRecipe.telephonePitch(), options, progress, hearing, stop).run();
            case "telephone-mean" -> new CorpusRun(new MeanRecipe(), options, progress, hearing, stop).run();
            default ->
                throw new IllegalArgumentException(
                        "a recipe must be one of [reference, telephone, telephone-pitch, telephone-mean]: recipe="
                                + options.recipe());
        };
    }
}
