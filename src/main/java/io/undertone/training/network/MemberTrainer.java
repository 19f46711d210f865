package io.undertone.training.network;

import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Fits one member, epoch by epoch, and writes checkpoints: at the end, when told to stop, and after an epoch if {@value
 * #WORTH_A_CHECKPOINT} multiply-adds, about a second's work, were done since the last. All randomness of epoch {@code e} derives from the
 * member's seed and {@code e}, so a resumed run ends with the weights of an uninterrupted one. Not thread-safe; one instance per member.
 */
final class MemberTrainer {
    private static final int PREDICT_BATCH = 128;

    /** For epochs of a few examples, writing a checkpoint takes longer than the epoch. */
    static final long WORTH_A_CHECKPOINT = 2_000_000_000L;

    private final NetworkSpec spec;
    private final Plan plan;
    private final Examples training;
    private final @Nullable Examples validation;
    private final long seed;
    private final BooleanSupplier stop;

    /**
     * @param validation held-out examples that choose the epoch, or null
     * @param seed the member's own seed
     * @param stop asked after each epoch; true to stop, to be resumed later
     */
    MemberTrainer(
            NetworkSpec spec,
            Plan plan,
            Examples training,
            @Nullable Examples validation,
            long seed,
            BooleanSupplier stop) {
        if (plan.stopsEarly() && validation == null) {
            throw new IllegalArgumentException("early stopping must have held-out examples: patience=" + plan.patience()
                    + "; give some, or patience 0");
        }
        this.spec = spec;
        this.plan = plan;
        this.training = training;
        this.validation = validation;
        this.seed = seed;
        this.stop = stop;
    }

    /**
     * Trains from the checkpoint if there is one, else from the start.
     *
     * @param learner with the member's initial weights
     * @param file the checkpoint
     * @param run identity of the run
     * @return the member; empty if stopped before its end
     */
    Optional<FittedMember> train(Learner learner, Path file, String run, int member, TrainingProgress progress)
            throws IOException {
        Course course = new Course(learner, file, run);
        if (course.resume()) {
            progress.resumed(member, course.epochs(), plan.epochs());
        }
        while (!course.isOver()) {
            EpochScore score = epoch(learner, course.epochs() + 1);
            course.add(score);
            progress.epoch(member, score, plan.epochs());
            if (stop.getAsBoolean() && course.epochs() < plan.epochs()) {
                course.write();
                return Optional.empty();
            }
        }
        course.writeRest();
        return Optional.of(course.member());
    }

    private EpochScore epoch(Learner learner, int epoch) {
        learner.reseed(Seeds.derive(seed, epoch, 1));
        Examples.Pass pass = training.pass(Seeds.derive(seed, epoch, 2));
        Batch batch = new Batch(plan.batchSize(), training.inputSize(), training.labels());
        int perEpoch = (training.size() + plan.batchSize() - 1) / plan.batchSize();
        int step = (epoch - 1) * perEpoch;
        double loss = 0;
        int seen = 0;
        while (pass.next(batch)) {
            double rate = plan.learningRate().at(step++, perEpoch * plan.epochs());
            double of = learner.step(batch, rate);
            if (!Double.isFinite(of)) {
                throw new IllegalStateException("training must stay finite: loss=" + of + " in epoch " + epoch
                        + "; lower the learning rate: rate=" + rate);
            }
            loss += of * batch.size();
            seen += batch.size();
        }
        double trainAccuracy = Double.NaN;
        double[] held = {Double.NaN, Double.NaN};
        if (validation != null) {
            held = measure(learner, validation);
        }
        return new EpochScore(epoch, loss / seen, trainAccuracy, held[0], held[1]);
    }

    /** Mean loss and accuracy of a network on examples. */
    static double[] measure(Learner learner, Examples examples) {
        Batch batch = new Batch(PREDICT_BATCH, examples.inputSize(), examples.labels());
        float[] probabilities = new float[PREDICT_BATCH * examples.labels()];
        Examples.Pass pass = examples.pass(0);
        double loss = 0;
        int right = 0;
        int seen = 0;
        while (pass.next(batch)) {
            learner.predict(batch, probabilities);
            for (int i = 0; i < batch.size(); i++) {
                int at = i * examples.labels();
                int said = 0;
                int is = 0;
                for (int label = 1; label < examples.labels(); label++) {
                    said = probabilities[at + label] > probabilities[at + said] ? label : said;
                    is = batch.targets()[at + label] > batch.targets()[at + is] ? label : is;
                }
                right += said == is ? 1 : 0;
                loss -= Math.log(Math.max(1e-12, probabilities[at + is]));
            }
            seen += batch.size();
        }
        return new double[] {loss / seen, (double) right / seen};
    }

    /** The epochs of the member so far, its best weights, and their checkpoint. */
    private final class Course {
        private final Learner learner;
        private final Path file;
        private final String run;
        private final List<EpochScore> history = new ArrayList<>();
        private int bestEpoch;
        private byte[] best = new byte[0];
        /** Multiply-adds since the last checkpoint. */
        private long unwritten;

        Course(Learner learner, Path file, String run) {
            this.learner = learner;
            this.file = file;
            this.run = run;
        }

        /** Reads the checkpoint; false if there is none. */
        boolean resume() throws IOException {
            Optional<Checkpoint> resumed = Checkpoint.read(file, run);
            if (resumed.isEmpty()) {
                return false;
            }
            history.addAll(resumed.get().history());
            bestEpoch = resumed.get().bestEpoch();
            best = resumed.get().best();
            learner.restore(resumed.get().state());
            return true;
        }

        int epochs() {
            return history.size();
        }

        /** Whether all epochs are done, or the best one is too long ago. */
        boolean isOver() {
            return epochs() >= plan.epochs() || (plan.stopsEarly() && epochs() - bestEpoch >= plan.patience());
        }

        /** Adds an epoch, and writes a checkpoint if enough was done since the last. */
        void add(EpochScore score) throws IOException {
            history.add(score);
            if (plan.stopsEarly() && isBest(score)) {
                bestEpoch = epochs();
                best = learner.weights().toBytes();
            }
            unwritten += training.size() * spec.multiplyAdds();
            if (unwritten >= WORTH_A_CHECKPOINT) {
                write();
            }
        }

        private boolean isBest(EpochScore score) {
            return bestEpoch == 0
                    || score.validationLoss() < history.get(bestEpoch - 1).validationLoss();
        }

        void write() throws IOException {
            new Checkpoint(run, history, bestEpoch, learner.state(), best).write(file);
            unwritten = 0;
        }

        /** Writes the checkpoint unless it is up to date. */
        void writeRest() throws IOException {
            if (unwritten > 0) {
                write();
            }
        }

        /** The member with the weights of the best epoch, or without early stopping of the last. */
        FittedMember member() {
            return bestEpoch > 0
                    ? new FittedMember(Weights.fromBytes(spec, best), bestEpoch, history)
                    : new FittedMember(learner.weights(), epochs(), history);
        }
    }
}
