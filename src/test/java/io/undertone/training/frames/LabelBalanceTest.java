package io.undertone.training.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Parameter;
import io.undertone.bundle.Weights;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelBalanceTest {
    @Test
    void shiftsTheLastBiasesAndNothingElse() {
        NetworkSpec spec = TelephoneRecipe.members().get(0).network();
        Weights weights = ones(spec);
        Weights shifted = LabelBalance.shift(weights, new float[] {0.5f, 0, 0, 1, -1, 0, 0, 0});
        List<String> changed = spec.parameters().stream()
                .map(Parameter::name)
                .filter(name -> !Arrays.equals(weights.get(name), shifted.get(name)))
                .toList();
        assertThat(changed).hasSize(1);
        assertThat(shifted.get(changed.get(0))).containsExactly(1.5f, 1, 1, 2, 0, 1, 1, 1);
    }

    @Test
    void refusesAnotherNumberOfLabels() {
        Weights weights = ones(TelephoneRecipe.members().get(4).network());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelBalance.shift(weights, new float[7]))
                .withMessageContaining("labels=8, shifts=7");
    }

    private static Weights ones(NetworkSpec spec) {
        return Weights.of(spec, parameter -> {
            float[] values = new float[parameter.size()];
            Arrays.fill(values, 1);
            return values;
        });
    }
}
