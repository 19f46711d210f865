package io.undertone.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class KnownLabelsLossTest {
    private static final ActivationIdentity NONE = new ActivationIdentity();
    private static final float U = Batch.UNKNOWN;

    /** Soft targets; a corpus without the second label; one example of a single label. */
    private static final float[][] TARGETS = {{0.7f, 0.1f, 0.2f, 0}, {0.5f, U, 0.5f, 0}, {U, U, 1, U}};

    /** The gradient is that of the loss, by finite differences: of each output, alone. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldHaveTheGradientOfItsLoss(boolean weighed) {
        KnownLabelsLoss loss = weighed ? new KnownLabelsLoss(new float[] {1, 2, 0.5f, 3}) : new KnownLabelsLoss();
        Random random = new Random(5);
        float[][] outputs = new float[TARGETS.length][4];
        for (float[] row : outputs) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }

        INDArray gradient = loss.computeGradient(array(TARGETS), array(outputs), NONE, null);

        float step = 1e-2f;
        for (int row = 0; row < outputs.length; row++) {
            for (int i = 0; i < 4; i++) {
                double difference =
                        (score(loss, outputs, row, i, step) - score(loss, outputs, row, i, -step)) / (2 * step);
                assertThat(gradient.getDouble(row, i))
                        .as("row %s, label %s", row, i)
                        .isEqualTo(difference, within(1e-3));
            }
        }
    }

    @Test
    void shouldBePlainCrossEntropyWhereAllLabelsAreKnown() {
        float[][] outputs = {{1, 2, 3, 0}};
        float[][] targets = {{0, 0, 1, 0}};

        double score = new KnownLabelsLoss().computeScore(array(targets), array(outputs), NONE, null, false);

        double sum = Math.exp(1) + Math.exp(2) + Math.exp(3) + Math.exp(0);
        assertThat(score).isEqualTo(Math.log(sum) - 3, within(1e-5));
    }

    /** However sure the network is of a label that the corpus does not have, it is not taught that there is none. */
    @Test
    void shouldTakeNoNoticeOfLabelsThatTheCorpusDoesNotHave() {
        KnownLabelsLoss loss = new KnownLabelsLoss();
        float[][] targets = {{1, 0, U, U}};
        float[][] unsure = {{1, 2, 0, 0}};
        float[][] sure = {{1, 2, 50, -50}};

        assertThat(loss.computeScoreArray(array(targets), array(sure), NONE, null))
                .isEqualTo(loss.computeScoreArray(array(targets), array(unsure), NONE, null));
        INDArray gradient = loss.computeGradient(array(targets), array(sure), NONE, null);
        assertThat(gradient.getDouble(0, 2)).isZero();
        assertThat(gradient.getDouble(0, 3)).isZero();
        assertThat(gradient.getDouble(0, 0)).isNegative();
    }

    /** Views and arrays in Fortran's order, as Deeplearning4j hands them over. */
    @Test
    void shouldReadArraysInAnyOrder() {
        KnownLabelsLoss loss = new KnownLabelsLoss();
        float[][] outputs = {{1, 2, 3, 0}, {0, 1, 0, 1}, {4, 3, 2, 1}};

        INDArray plain = loss.computeGradient(array(TARGETS), array(outputs), NONE, null);
        INDArray turned =
                loss.computeGradient(array(TARGETS).dup('f'), array(outputs).dup('f'), NONE, null);

        assertThat(turned).isEqualTo(plain);
        assertThat(loss.computeScore(array(TARGETS), array(outputs), NONE, null, true) * 3)
                .isEqualTo(loss.computeScore(array(TARGETS), array(outputs), NONE, null, false), within(1e-5));
    }

    private static double score(KnownLabelsLoss loss, float[][] outputs, int row, int label, float step) {
        float[][] moved = new float[outputs.length][];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = outputs[i].clone();
        }
        moved[row][label] += step;
        return loss.computeScore(array(TARGETS), array(moved), NONE, null, false);
    }

    private static INDArray array(float[][] rows) {
        return Nd4j.create(rows);
    }
}
