package io.undertone.inference;

import io.undertone.features.FeatureSpec;
import io.undertone.window.Window;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An ensemble that decides what happens when a voter fails, so that the vote never changes silently.
 *
 * <p>A voter that also fails on a window of silence is broken; otherwise the window is at fault. With {@link OnFailure#STOP} a broken voter ends inference with {@link VoterBrokenException}, and a window at fault fails alone. With {@link OnFailure#CONTINUE} the others vote; {@link Probabilities#answered} tells which voters failed. Either way, windows are retried one by one if one of them may have made a voter fail for the others. As thread-safe as the wrapped ensemble.
 */
public final class GuardedEnsemble implements Ensemble {
    /** What happens when a voter fails. */
    public enum OnFailure {
        STOP,
        CONTINUE
    }

    private final Ensemble ensemble;
    private final OnFailure onFailure;
    private final List<Window> silence;

    /**
     * @param ensemble to guard; closed with this
     * @param spec of its bundle
     */
    public GuardedEnsemble(Ensemble ensemble, FeatureSpec spec, OnFailure onFailure) {
        this.ensemble = ensemble;
        this.onFailure = onFailure;
        this.silence = List.of(new Window(0, 0, spec.windowMs(), 0, 1, -100, 1, new float[spec.rowValues()]));
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
     * @throws VoterBrokenException if a voter is broken and inference must stop
     * @throws IllegalStateException if a voter failed on a window and none is broken: a single window is at fault, several must be retried one by one
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
                                + "; inference.voter.failure=continue votes without them",
                        failures.get(0).cause());
            }
            throw new IllegalStateException("voters must answer: " + describe(failures));
        }
        boolean othersMayBeAffected = windows.size() > 1
                && failures.stream().anyMatch(failure -> failure.cause() != null && !broken.contains(failure.voter()));
        if (othersMayBeAffected) {
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
