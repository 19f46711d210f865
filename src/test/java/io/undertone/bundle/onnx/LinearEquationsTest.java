package io.undertone.bundle.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LinearEquationsTest {
    /** 2x + y = 5 and x - y = 1, and the same left sides with 1 and 2. */
    @Test
    void shouldSolveForSeveralRightSides() {
        double[][] solved = LinearEquations.solve(new double[][] {{2, 1}, {1, -1}}, new double[][] {{5, 1}, {1, 2}});

        assertThat(solved[0]).containsExactly(new double[] {2, 1}, within(1e-12));
        assertThat(solved[1]).containsExactly(new double[] {1, -1}, within(1e-12));
    }

    @Test
    void shouldExchangeRowsWhereThePivotIsZero() {
        double[][] solved =
                LinearEquations.solve(new double[][] {{0, 1, 0}, {0, 0, 2}, {4, 0, 0}}, new double[][] {{3}, {4}, {8}});

        assertThat(solved).isEqualTo(new double[][] {{2}, {3}, {2}});
    }

    /** Without exchanging rows, x would come out as 0. */
    @Test
    void shouldStayExactWhereThePivotIsTiny() {
        double[][] solved = LinearEquations.solve(new double[][] {{1e-20, 1}, {1, 1}}, new double[][] {{1}, {2}});

        assertThat(solved[0][0]).isCloseTo(1, within(1e-12));
        assertThat(solved[1][0]).isCloseTo(1, within(1e-12));
    }

    @Test
    void shouldRefuseASingularMatrix() {
        assertThatThrownBy(() -> LinearEquations.solve(new double[][] {{1, 2}, {2, 4}}, new double[][] {{1}, {1}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("singular");
    }
}
