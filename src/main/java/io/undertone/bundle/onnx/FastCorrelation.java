package io.undertone.bundle.onnx;

import java.util.ArrayList;
import java.util.List;

/**
 * A correlation of a kernel with some steps, {@code y[j] = sum over k of g[k] d[j + k]}, with fewer multiplications than the
 * definition: {@code y = A ((G g) * (B d))}, where {@code *} is elementwise. With channels, each of those products is a product with a matrix of
 * input by output channels, while A and B cost little; {@code G g} is precomputed.
 *
 * <p>Both algorithms follow from the product of two polynomials: Toom and Cook's multiplies their values at some points (S. Winograd,
 * Arithmetic Complexity of Computations, 1980), Fourier's at roots of unity. A product of complex values takes three of real ones:
 * {@code (a + bi)(c + di) = (p - r) + (p + q)i} of {@code p = c (a + b)}, {@code q = a (d - c)}, {@code r = b (c + d)}.
 */
final class FastCorrelation {
    private final double[][] outputs;
    private final double[][] kernel;
    private final double[][] inputs;

    private FastCorrelation(double[][] outputs, double[][] kernel, double[][] inputs) {
        this.outputs = outputs;
        this.kernel = kernel;
        this.inputs = inputs;
    }

    /**
     * Toom and Cook's algorithm, at infinity, at {@code i} and at real points: {@code m} steps out, {@code n = m + r - 1} steps in, {@code n + 1}
     * products.
     *
     * @param m steps out
     * @param r steps of the kernel
     * @param points {@code m + r - 4} distinct real points
     */
    static FastCorrelation toomCook(int m, int r, double... points) {
        int n = m + r - 1;
        if (points.length != n - 3) {
            throw new IllegalArgumentException(
                    "must have m + r - 4 = " + (n - 3) + " real points: points=" + points.length);
        }
        int products = n + 1;
        int real = points.length;
        double[][] left = new double[products][];
        double[][] right = new double[products][];
        double[][] values = new double[n][];
        double[][] combined = new double[n][products];
        for (int i = 0; i < real; i++) {
            left[i] = powers(points[i], m);
            right[i] = powers(points[i], r);
            values[i] = powers(points[i], n);
            combined[i][i] = 1;
        }
        left[real] = last(m);
        right[real] = last(r);
        values[real] = last(n);
        combined[real][real] = 1;
        int p = real + 1;
        double quarter = Math.PI / 2;
        threeProducts(cosines(quarter, m), sines(quarter, m), cosines(quarter, r), sines(quarter, r), left, right, p);
        values[p] = cosines(quarter, n);
        values[p + 1] = sines(quarter, n);
        combined[p][p] = 1;
        combined[p][p + 2] = -1;
        combined[p + 1][p] = 1;
        combined[p + 1][p + 1] = 1;
        // The coefficients of the product from its values; its transpose
        // computes the correlation.
        double[][] coefficients = LinearEquations.solve(values, combined);
        return balanced(transposed(left), right, transposed(coefficients));
    }

    /**
     * Discrete Fourier transforms for a few zero-padded steps, as many out as in: of {@code steps + r / 2} values, the fewest
     * without wrap-around in the result. Orthogonal, so rounding errors hardly grow.
     *
     * @param steps steps in and out; the kernel is centred on each
     * @param r steps of the kernel, odd
     */
    static FastCorrelation fourier(int steps, int r) {
        int length = steps + r / 2;
        List<double[]> out = new ArrayList<>();
        List<double[]> kernel = new ArrayList<>();
        List<double[]> in = new ArrayList<>();
        for (int bin = 0; 2 * bin <= length; bin++) {
            double angle = 2 * Math.PI * bin / length;
            double[] backC = new double[steps];
            double[] backS = new double[steps];
            for (int j = 0; j < steps; j++) {
                backC[j] = Math.cos(angle * (j + r / 2)) / length;
                backS[j] = Math.sin(angle * (j + r / 2)) / length;
            }
            if (bin == 0 || 2 * bin == length) {
                out.add(backC);
                kernel.add(reversed(cosines(angle, r)));
                in.add(cosines(angle, steps));
            } else {
                double[][] left = new double[3][];
                double[][] right = new double[3][];
                double[] kernelC = reversed(cosines(angle, r));
                double[] kernelS = negative(reversed(sines(angle, r)));
                threeProducts(cosines(angle, steps), negative(sines(angle, steps)), kernelC, kernelS, left, right, 0);
                in.addAll(List.of(left));
                kernel.addAll(List.of(right));
                // Re cos - Im sin, of bins that also represent their conjugates.
                out.add(sum(backC, backS, 2, -2));
                out.add(sum(backC, backS, 0, -2));
                out.add(sum(backC, backS, -2, 0));
            }
        }
        return new FastCorrelation(
                transposed(out.toArray(double[][]::new)), kernel.toArray(double[][]::new), in.toArray(double[][]::new));
    }

    int products() {
        return kernel.length;
    }

    int stepsIn() {
        return inputs[0].length;
    }

    int stepsOut() {
        return outputs.length;
    }

    /** A, {@code [steps out][products]}. */
    float[] outputs() {
        return flat(outputs);
    }

    /** B, {@code [products][steps in]}. */
    float[] inputs() {
        return flat(inputs);
    }

    /**
     * {@code G g} for all channels.
     *
     * @param kernels {@code [out][in][r]}
     * @return {@code [products][in][out]}
     */
    float[] transform(float[] kernels, int out) {
        int r = kernel[0].length;
        int in = kernels.length / (out * r);
        float[] transformed = new float[kernel.length * in * out];
        for (int f = 0; f < kernel.length; f++) {
            for (int o = 0; o < out; o++) {
                for (int c = 0; c < in; c++) {
                    double sum = 0;
                    for (int k = 0; k < r; k++) {
                        sum += kernel[f][k] * kernels[(o * in + c) * r + k];
                    }
                    transformed[(f * in + c) * out + o] = (float) sum;
                }
            }
        }
        return transformed;
    }

    private static void threeProducts(
            double[] a, double[] b, double[] c, double[] d, double[][] left, double[][] right, int at) {
        left[at] = sum(a, b, 1, 1);
        left[at + 1] = a;
        left[at + 2] = b;
        right[at] = c;
        right[at + 1] = sum(d, c, 1, -1);
        right[at + 2] = sum(c, d, 1, 1);
    }

    /** Scales inputs and outputs to near 1 and the kernel, which is transformed in double precision, by the inverse. */
    private static FastCorrelation balanced(double[][] outputs, double[][] kernel, double[][] inputs) {
        for (int f = 0; f < kernel.length; f++) {
            double in = 0;
            for (double value : inputs[f]) {
                in += Math.abs(value);
            }
            double out = 0;
            for (double[] row : outputs) {
                out = Math.max(out, Math.abs(row[f]));
            }
            for (int i = 0; i < inputs[f].length; i++) {
                inputs[f][i] /= in;
            }
            for (double[] row : outputs) {
                row[f] /= out;
            }
            for (int k = 0; k < kernel[f].length; k++) {
                kernel[f][k] *= in * out;
            }
        }
        return new FastCorrelation(outputs, kernel, inputs);
    }

    private static double[] powers(double x, int count) {
        double[] powers = new double[count];
        powers[0] = 1;
        for (int i = 1; i < count; i++) {
            powers[i] = powers[i - 1] * x;
        }
        return powers;
    }

    private static double[] last(int count) {
        double[] unit = new double[count];
        unit[count - 1] = 1;
        return unit;
    }

    private static double[] cosines(double angle, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = Math.cos(angle * i);
        }
        return values;
    }

    private static double[] sines(double angle, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = Math.sin(angle * i);
        }
        return values;
    }

    private static double[] sum(double[] a, double[] b, double timesA, double timesB) {
        double[] sum = new double[a.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = timesA * a[i] + timesB * b[i];
        }
        return sum;
    }

    private static double[] negative(double[] values) {
        return sum(values, values, -1, 0);
    }

    private static double[] reversed(double[] values) {
        double[] reversed = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            reversed[i] = values[values.length - 1 - i];
        }
        return reversed;
    }

    private static double[][] transposed(double[][] matrix) {
        double[][] transposed = new double[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[0].length; j++) {
                transposed[j][i] = matrix[i][j];
            }
        }
        return transposed;
    }

    private static float[] flat(double[][] matrix) {
        float[] flat = new float[matrix.length * matrix[0].length];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (float) matrix[i / matrix[0].length][i % matrix[0].length];
        }
        return flat;
    }
}
