package io.undertone.inference;

import io.undertone.bundle.BundleContent;
import io.undertone.features.FeatureSpec;
import io.undertone.window.Window;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The voters of one bundle: its networks on an engine, then its trees; their answers are shifted by the bundle's {@link
 * io.undertone.bundle.ContrastWeights}. A voter that throws, or whose output is not probabilities, is missing for those windows and reported ({@link Probabilities#failures()}); the others are unaffected.
 */
public final class VotingEnsemble implements Ensemble {
    /** How far a row of probabilities may be from summing to 1. */
    private static final float TOLERANCE = 1e-3f;
    /** Name of the networks, which are evaluated together. */
    private static final String NETWORKS = "networks";

    private final BundleContent content;
    private final int networks;
    private final int maxRows;
    private final @Nullable NetworkEngine engine;
    private final @Nullable TreeVoter trees;
    private final ContrastShift shift;
    private final LongSupplier nanoClock;
    private final OpenGate gate = new OpenGate("the ensemble");

    /**
     * Owns the given engines and closes them.
     *
     * @param engine computes the networks; null if there are none
     * @param trees null if there are none
     */
    public VotingEnsemble(BundleContent content, @Nullable NetworkEngine engine, @Nullable TreeVoter trees) {
        this(content, engine, trees, System::nanoTime);
    }

    /** @param nanoClock to time voters with */
    VotingEnsemble(
            BundleContent content, @Nullable NetworkEngine engine, @Nullable TreeVoter trees, LongSupplier nanoClock) {
        this.content = content;
        this.networks = content.networks().size();
        FeatureSpec features = content.features();
        this.maxRows = features.pooling() == FeatureSpec.Pooling.FRAMES ? features.maxFramesPerWindow() : 1;
        this.engine = engine;
        this.trees = trees;
        this.shift = new ContrastShift(content);
        this.nanoClock = nanoClock;
    }

    @Override
    public List<String> voters() {
        return content.voterNames();
    }

    @Override
    public List<String> labels() {
        return content.labels();
    }

    /** The engine of the networks. */
    public String description() {
        return engine == null ? "no networks" : engine.description();
    }

    /** Probabilities with room for the result of {@link #predict}. */
    public Probabilities newProbabilities() {
        return new Probabilities(voters().size(), labels().size());
    }

    /**
     * @throws IllegalArgumentException if a window does not have the bundle's feature spec
     * @throws IllegalStateException if the ensemble is closed
     */
    @Override
    public void predict(List<Window> windows, Probabilities probabilities) {
        if (probabilities.voters() != voters().size() || probabilities.labels() != labels().size()) {
            throw new IllegalArgumentException("probabilities must have room for " + voters().size() + " voters and "
                    + labels().size() + " labels: voters=" + probabilities.voters() + ", labels="
                    + probabilities.labels());
        }
        windows.forEach(this::requireFit);
        probabilities.reset(windows.size());
        if (windows.isEmpty()) {
            return;
        }
        gate.enter(() -> ask(windows, probabilities));
    }

    private void ask(List<Window> windows, Probabilities probabilities) {
        if (engine != null) {
            ask(NETWORKS, 0, networks, probabilities, () -> engine.predict(windows, probabilities));
        }
        if (trees != null) {
            ask(
                    voters().get(networks),
                    networks,
                    networks + 1,
                    probabilities,
                    () -> trees.predict(windows, probabilities, networks));
        }
        shift.apply(windows, probabilities);
    }

    @Override
    public void close() {
        gate.close(() -> {
            if (engine != null) {
                engine.close();
            }
            if (trees != null) {
                trees.close();
            }
        });
    }

    private void requireFit(Window window) {
        int values = content.features().rowValues();
        if (window.length() != window.rows() * values || window.rows() > maxRows) {
            throw new IllegalArgumentException("a window must have 1 to " + maxRows + " rows of " + values
                    + " values, as the bundle's feature spec says: rows=" + window.rows() + ", values="
                    + window.length());
        }
        int contrast = content.features().contrastValues();
        if (window.contrastLength() != 0 && window.contrastLength() != contrast) {
            throw new IllegalArgumentException("a window's contrast must have " + contrast
                    + " numbers, as the bundle's feature spec says, or none: contrast=" + window.contrastLength());
        }
    }

    private void ask(String together, int firstVoter, int endVoter, Probabilities probabilities, Runnable predict) {
        long start = nanoClock.getAsLong();
        try {
            predict.run();
            probabilities.took(together, nanoClock.getAsLong() - start);
        } catch (RuntimeException e) {
            for (int voter = firstVoter; voter < endVoter; voter++) {
                for (int window = 0; window < probabilities.windows(); window++) {
                    probabilities.setMissing(window, voter);
                }
                report(voter, probabilities.windows(), "threw " + e, e, probabilities);
            }
            return;
        }
        for (int voter = firstVoter; voter < endVoter; voter++) {
            check(voter, probabilities);
        }
    }

    private void check(int voter, Probabilities probabilities) {
        int bad = 0;
        for (int window = 0; window < probabilities.windows(); window++) {
            if (!areProbabilities(window, voter, probabilities)) {
                probabilities.setMissing(window, voter);
                bad++;
            }
        }
        if (bad > 0) {
            report(voter, bad, "returned numbers that are not probabilities", null, probabilities);
        }
    }

    private static boolean areProbabilities(int window, int voter, Probabilities probabilities) {
        float sum = 0;
        for (int label = 0; label < probabilities.labels(); label++) {
            float value = probabilities.get(window, voter, label);
            if (!(value >= 0 && value <= 1 + TOLERANCE)) {
                return false;
            }
            sum += value;
        }
        return Math.abs(sum - 1) <= TOLERANCE;
    }

    private void report(int voter, int windows, String reason, @Nullable Throwable cause, Probabilities probabilities) {
        probabilities.report(new VoterFailure(voters().get(voter), windows, reason, cause));
    }
}
