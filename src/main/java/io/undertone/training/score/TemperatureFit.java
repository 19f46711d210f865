package io.undertone.training.score;

import io.undertone.vote.Temperature;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Temperature scaling: fits the temperature that divides the log of a vote's mean probabilities, so that the held-out clips' labels are
 * most likely (Guo et al. 2017). Golden-section search on log T, in which the loss has one minimum, between 0.05 and 20.
 */
public final class TemperatureFit {
    private static final double LEAST = Math.log(0.05);
    private static final double MOST = Math.log(20);
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    /** Leaves an interval of 3e-8; closer to the minimum, differences of the loss are rounding. */
    private static final int STEPS = 40;

    private TemperatureFit() {}

    /** Fits to clips of held-out speakers; 1 if none has speech. */
    public static double fit(List<ClipOpinion> heldOut) {
        List<ClipOpinion> heard = heldOut.stream().filter(ClipOpinion::heard).toList();
        if (heard.isEmpty()) {
            return 1;
        }
        return fit(temperature -> loss(heard, temperature));
    }

    /** The temperature that minimises a loss with one minimum. */
    public static double fit(DoubleUnaryOperator loss) {
        return fit(loss, STEPS);
    }

    /**
     * The same in fewer steps, for a loss that is slow to compute: each step computes it once and shrinks the interval of {@code log T}, 6
     * wide at first, by 0.618.
     */
    public static double fit(DoubleUnaryOperator loss, int steps) {
        double low = LEAST;
        double high = MOST;
        double a = high - GOLDEN * (high - low);
        double b = low + GOLDEN * (high - low);
        double lossAtA = loss.applyAsDouble(Math.exp(a));
        double lossAtB = loss.applyAsDouble(Math.exp(b));
        for (int i = 0; i < steps; i++) {
            if (lossAtA < lossAtB) {
                high = b;
                b = a;
                lossAtB = lossAtA;
                a = high - GOLDEN * (high - low);
                lossAtA = loss.applyAsDouble(Math.exp(a));
            } else {
                low = a;
                a = b;
                lossAtA = lossAtB;
                b = low + GOLDEN * (high - low);
                lossAtB = loss.applyAsDouble(Math.exp(b));
            }
        }
        return Math.exp((low + high) / 2);
    }

    /** {@code -log p} of the true label; a probability of 0 counts as 1e-12. */
    public static double surprise(double probability) {
        return -Math.log(Math.max(1e-12, probability));
    }

    private static double loss(List<ClipOpinion> clips, double temperature) {
        double loss = 0;
        for (ClipOpinion clip : clips) {
            loss += surprise(Temperature.apply(clip.mean(), temperature)[clip.label()]);
        }
        return loss / clips.size();
    }
}
