package io.undertone.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.bundle.ReferenceFigures.Figure;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReferenceFiguresTest {
    @Test
    void shouldMakeTenthsOfValuesThatAllDiffer() {
        Figure figure = Figure.of(
                IntStream.range(0, 1000).mapToDouble(i -> -60 + i / 50.0).toArray());

        assertThat(figure.edges()).hasSize(9).startsWith(-58.0).endsWith(-42.0);
        assertThat(figure.shares()).allSatisfy(share -> assertThat(share).isCloseTo(0.1, within(1e-9)));
        assertThat(figure.bin(-100)).isZero();
        assertThat(figure.bin(-58)).isEqualTo(1);
        assertThat(figure.bin(0)).isEqualTo(9);
    }

    @Test
    void shouldMakeABinOfEachValueWhereThereAreFew() {
        double[] agreements =
                IntStream.range(0, 600).mapToDouble(i -> (3 + i % 4) / 6.0).toArray();

        Figure figure = Figure.of(agreements);

        assertThat(figure.shares())
                .hasSize(4)
                .allSatisfy(share -> assertThat(share).isCloseTo(0.25, within(1e-9)));
        assertThat(IntStream.rangeClosed(3, 6).map(votes -> figure.bin(votes / 6.0)))
                .containsExactly(0, 1, 2, 3);
    }

    @Test
    void shouldMakeOneBinOfOneValue() {
        assertThat(Figure.of(new double[] {1, 1, 1})).isEqualTo(new Figure(List.of(), List.of(1.0)));
    }

    @Test
    void shouldComeBackFromABundlesScores() {
        ReferenceFigures figures = ReferenceFigures.of(
                "test voices",
                Map.of(ReferenceFigures.LEVEL, new double[] {-30, -20, -10}),
                List.of("angry", "calm", "angry"));
        ObjectNode scores = JsonNodeFactory.instance.objectNode();

        figures.putInto(scores);
        ReferenceFigures read = ReferenceFigures.in(scores).orElseThrow();

        assertThat(read.basis()).isEqualTo("test voices");
        assertThat(read.windows()).isEqualTo(3);
        assertThat(read.figures().get(ReferenceFigures.LEVEL).edges()).containsExactly(-20.0, -10.0);
        assertThat(read.labels().get("angry")).isCloseTo(2 / 3.0, within(1e-4));
        assertThat(ReferenceFigures.in(JsonNodeFactory.instance.objectNode())).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoDistribution() {
        assertThatThrownBy(() -> new Figure(List.of(0.5, 0.2), List.of(0.2, 0.3, 0.5)))
                .hasMessageContaining("edges must ascend");
        assertThatThrownBy(() -> new Figure(List.of(0.5), List.of(0.2, 0.3))).hasMessageContaining("sum to 1");
        assertThatThrownBy(() -> new Figure(List.of(0.5), List.of(1.0))).hasMessageContaining("one more than edges");
    }
}
