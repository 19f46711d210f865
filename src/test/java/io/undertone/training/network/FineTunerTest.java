package io.undertone.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.undertone.bundle.Weights;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FineTunerTest {
    /** Notes the rates of its steps. */
    private static final class Noted implements Learner {
        final List<Double> rates = new ArrayList<>();

        @Override
        public void reseed(long seed) {}

        @Override
        public double step(Batch batch, double learningRate) {
            rates.add(learningRate);
            return 1;
        }

        @Override
        public void predict(Batch batch, float[] probabilities) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Weights weights() {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] state() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void restore(byte[] state) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    /** Eight examples, in batches of two. */
    private static final Examples EIGHT = new Examples() {
        @Override
        public int size() {
            return 8;
        }

        @Override
        public int inputSize() {
            return 1;
        }

        @Override
        public int labels() {
            return 2;
        }

        @Override
        public Pass pass(long seed) {
            int[] given = {0};
            return batch -> {
                batch.resize(2);
                return given[0]++ < 4;
            };
        }
    };

    private final Noted learner = new Noted();

    @Test
    void shouldRiseAndFallOverAllSteps() {
        FineTuner tuner = new FineTuner(5, 1, () -> 0);

        assertThat(tuner.tune(learner, EIGHT, 2, 1)).isEqualTo(5);

        assertThat(learner.rates).hasSize(20);
        assertThat(learner.rates.get(0)).isZero();
        assertThat(learner.rates.get(1)).isCloseTo(0.5, within(1e-9));
        assertThat(learner.rates.get(2)).isCloseTo(1, within(1e-9));
        assertThat(learner.rates.get(11)).isCloseTo(0.5, within(1e-9));
        assertThat(learner.rates.get(19)).isBetween(1e-9, 0.01);
    }

    @Test
    void shouldEndWithItsTimeAtARateOfNearlyNothing() {
        int[] asked = {0};
        // Each look at the clock, one a step and one an epoch, takes a tenth of the time.
        FineTuner tuner = new FineTuner(1_000, 1, () -> asked[0]++ / 10.0);

        tuner.tune(learner, EIGHT, 2, 1);

        assertThat(learner.rates).hasSize(8);
        assertThat(learner.rates.get(0)).isCloseTo(1, within(1e-9));
        assertThat(learner.rates.get(7)).isLessThan(0.05);
    }

    @Test
    void shouldNotBeginWithoutTime() {
        assertThat(new FineTuner(3, 1, () -> 1).tune(learner, EIGHT, 2, 1)).isZero();
        assertThat(learner.rates).isEmpty();
        assertThatThrownBy(() -> new FineTuner(0, 1, () -> 0)).hasMessageContaining("epochs=0");
        assertThatThrownBy(() -> new FineTuner(1, 0, () -> 0)).hasMessageContaining("peak=0");
    }
}
