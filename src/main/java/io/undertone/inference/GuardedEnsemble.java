package io.undertone.inference;

import io.undertone.features.FeatureSpec;
import io.undertone.window.Window;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An ensemble that never changes its meaning in silence: what follows where a voter has no say about a window is decided here.
 *
 * <p>A voter that fails on a window of silence too is broken; else the window is to blame. With {@link OnFailure#STOP} a broken
 * voter ends the work with {@link VoterBrokenException}, and a window that is to blame fails by itself. With
 * {@link OnFailure#CONTINUE} the others vote; who has no say is told by {@link Probabilities#answered}. Either way windows are
 * tried one by one where one of them may have taken a voter from its neighbours. As thread-safe as the ensemble within.
 */
public final class GuardedEnsemble implements Ensemble {
    /** What follows where a voter fails. */
    public enum OnFailure {
        STOP,
        CONTINUE
    }

    private final Ensemble ensemble;
    private final OnFailure onFailure;
    private final List<Window> silence;

    /**
     * @param ensemble whose voters are guarded; closed with this
     * @param spec its bundle's
     */
    public GuardedEnsemble(Ensemble ensemble, FeatureSpec spec, OnFailure onFailure) {
        this.ensemble = ensemble;
        this.onFailure = onFailure;
        this.silence = List.of(new Window(0, 0, spec.windowMs(), 0, 1, -100, 1, new float[spec.coefficients()]));
    }

    @Override
    public List<String> voters() {
        return ensemble.voters();
    }

    @Override
    public List<String> labels() {
        return ensemble.labels();
    }

    /**
     * @throws VoterBrokenException where a voter is broken and work shall stop
     * @throws IllegalStateException where a voter failed on a window, and none is broken: with one window, that one is to blame,
     *     with several they are to be asked about one by one
     */
    @Override
    public void predict(List<Window> windows, Probabilities probabilities) {
        ensemble.predict(windows, probabilities);
        List<VoterFailure> failures = probabilities.failures();
        if (failures.isEmpty()) {
            return;
        }
        Set<String> broken = broken();
        if (onFailure == OnFailure.STOP) {
            if (!broken.isEmpty()) {
                throw new VoterBrokenException(
                        "voters must answer: " + describe(failures)
                                + "; inference.voter.failure=continue goes on without them",
                        failures.get(0).cause());
            }
            throw new IllegalStateException("voters must answer: " + describe(failures));
        }
        boolean neighboursMayBeHarmed = windows.size() > 1
                && failures.stream().anyMatch(failure -> failure.cause() != null && !broken.contains(failure.voter()));
        if (neighboursMayBeHarmed) {
            throw new IllegalStateException("voters must answer: " + describe(failures));
        }
    }

    private Set<String> broken() {
        Probabilities answers = new Probabilities(voters().size(), labels().size());
        ensemble.predict(silence, answers);
        return answers.failures().stream().map(VoterFailure::voter).collect(Collectors.toSet());
    }

    private static String describe(List<VoterFailure> failures) {
        return failures.stream()
                .map(failure -> failure.voter() + " " + failure.reason())
                .collect(Collectors.joining("; "));
    }

    @Override
    public void close() {
        ensemble.close();
    }
}
