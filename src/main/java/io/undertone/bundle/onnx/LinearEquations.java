package io.undertone.bundle.onnx;

/** Small systems of linear equations, by elimination with pivoting. */
final class LinearEquations {
    private LinearEquations() {}

    /**
     * Solves {@code matrix X = right} for X. Changes both arguments.
     *
     * @param matrix {@code [n][n]}
     * @param right {@code [n][columns]}
     * @return {@code [n][columns]}
     * @throws IllegalArgumentException where the matrix is singular
     */
    static double[][] solve(double[][] matrix, double[][] right) {
        for (int column = 0; column < matrix.length; column++) {
            int pivot = pivot(matrix, column);
            swap(matrix, column, pivot);
            swap(right, column, pivot);
            for (int row = 0; row < matrix.length; row++) {
                if (row != column) {
                    double factor = matrix[row][column] / matrix[column][column];
                    subtract(matrix[row], matrix[column], factor);
                    subtract(right[row], right[column], factor);
                }
            }
        }
        for (int row = 0; row < matrix.length; row++) {
            for (int i = 0; i < right[row].length; i++) {
                right[row][i] /= matrix[row][row];
            }
        }
        return right;
    }

    private static int pivot(double[][] matrix, int column) {
        int pivot = column;
        for (int row = column + 1; row < matrix.length; row++) {
            if (Math.abs(matrix[row][column]) > Math.abs(matrix[pivot][column])) {
                pivot = row;
            }
        }
        if (matrix[pivot][column] == 0) {
            throw new IllegalArgumentException("the matrix must not be singular: column=" + column);
        }
        return pivot;
    }

    private static void subtract(double[] row, double[] other, double factor) {
        for (int i = 0; i < row.length; i++) {
            row[i] -= factor * other[i];
        }
    }

    private static void swap(double[][] rows, int i, int j) {
        double[] row = rows[i];
        rows[i] = rows[j];
        rows[j] = row;
    }
}
