package io.undertone.training.table;

/**
 * Mean and standard deviation of each column, for standardisation: {@code (x - mean) x scale}, where scale is 1 / standard deviation.
 * Immutable.
 */
public final class ColumnStatistics {
    private static final double LEAST_SPREAD = 1e-6;

    private final double[] means;
    private final double[] spreads;

    private ColumnStatistics(double[] means, double[] spreads) {
        this.means = means;
        this.spreads = spreads;
    }

    /** Computes them from a table's rows; the standard deviation is the population's, and 1 for a constant column. */
    public static ColumnStatistics of(FeatureTable table) {
        double[] means = new double[table.width()];
        double[] spreads = new double[table.width()];
        for (int column = 0; column < table.width(); column++) {
            double sum = 0;
            for (int row = 0; row < table.size(); row++) {
                sum += table.row(row)[column];
            }
            means[column] = sum / table.size();
            double squares = 0;
            for (int row = 0; row < table.size(); row++) {
                double d = table.row(row)[column] - means[column];
                squares += d * d;
            }
            double spread = Math.sqrt(squares / table.size());
            spreads[column] = spread < LEAST_SPREAD ? 1 : spread;
        }
        return new ColumnStatistics(means, spreads);
    }

    public float[] means() {
        float[] floats = new float[means.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) means[i];
        }
        return floats;
    }

    /** 1 / standard deviation of each column. */
    public float[] scales() {
        float[] floats = new float[spreads.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) (1 / spreads[i]);
        }
        return floats;
    }

    /** The standardised rows, in float32 as in serving. */
    public FeatureTable standardise(FeatureTable table) {
        float[] mean = means();
        float[] scale = scales();
        return table.map(row -> {
            float[] out = new float[row.length];
            for (int i = 0; i < row.length; i++) {
                out[i] = (row[i] - mean[i]) * scale[i];
            }
            return out;
        });
    }
}
