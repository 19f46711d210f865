package io.undertone.training.site;

import io.undertone.bundle.Persistence;
import io.undertone.bundle.Priors;
import io.undertone.training.calls.CallOpinions;
import io.undertone.vote.Opinion;
import io.undertone.vote.Temperature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Calls of whose windows everything is known: a window of a label gives three numbers, one of a normal distribution around 1.5 for its own label and around
 * 0 for the others. By Bayes' rule the softmax of 1.5 times the numbers, times the shares learned, is the true posterior under those shares.
 */
final class MadeUpCalls {
    static final List<String> LABELS = List.of("neutral", "sad", "angry");
    static final Map<String, Double> LEARNED = shares(0.4, 0.3, 0.3);
    static final Readout BEFORE = new Readout(1, Persistence.NONE, new Priors(LEARNED, LEARNED));
    private static final double APART = 1.5;

    private MadeUpCalls() {}

    static Map<String, Double> shares(double neutral, double sad, double angry) {
        Map<String, Double> shares = new LinkedHashMap<>();
        shares.put("neutral", neutral);
        shares.put("sad", sad);
        shares.put("angry", angry);
        return shares;
    }

    /**
     * Calls of 40 windows, heard by one voter.
     *
     * @param shares of the labels
     * @param temperature by which what the voter says must be divided to be the true posterior: below 1, it is less sure than it should be
     */
    static List<SiteCall> heard(int calls, Map<String, Double> shares, double temperature, boolean labelled) {
        Random random = new Random(7);
        List<SiteCall> heard = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            List<CallOpinions.Said> said = new ArrayList<>();
            for (int window = 0; window < 40; window++) {
                int label = draw(random, shares);
                double[] posterior = posterior(random, label);
                double[] told = Temperature.apply(posterior, 1 / temperature);
                float[] row = new float[told.length];
                for (int i = 0; i < row.length; i++) {
                    row[i] = (float) told[i];
                }
                said.add(new CallOpinions.Said(
                        3_000 + 1_000L * window, labelled ? label : -1, Opinion.of(new float[][] {row})));
            }
            heard.add(new HeardSiteCall("call-" + call, LABELS, new CallOpinions(said)));
        }
        return heard;
    }

    private static double[] posterior(Random random, int label) {
        double[] posterior = new double[LABELS.size()];
        double sum = 0;
        for (int i = 0; i < posterior.length; i++) {
            double seen = random.nextGaussian() + (i == label ? APART : 0);
            posterior[i] = Math.exp(APART * seen) * LEARNED.getOrDefault(LABELS.get(i), 0.0);
            sum += posterior[i];
        }
        for (int i = 0; i < posterior.length; i++) {
            posterior[i] /= sum;
        }
        return posterior;
    }

    private static int draw(Random random, Map<String, Double> shares) {
        double at = random.nextDouble();
        int label = 0;
        for (double share : shares.values()) {
            at -= share;
            if (at < 0) {
                return label;
            }
            label++;
        }
        return LABELS.size() - 1;
    }
}
