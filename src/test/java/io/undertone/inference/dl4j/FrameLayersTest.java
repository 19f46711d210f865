package io.undertone.inference.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class FrameLayersTest {
    private static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(new Adam(5e-3))
                .list()
                .layer(new ConvNormRelu(4, 5, 5, 2, 2, 1, 1e-5))
                .layer(new ConvNormRelu(6, 3, 3, 1, 1, 2, 1e-5))
                .layer(new MaxPool(2, 2))
                .layer(new FoldBands())
                .layer(new ConvNormRelu(5, 1, 1, 1, 1, 3, 1e-5))
                .layer(new MeanSpread(1e-5))
                .layer(new OutputLayer.Builder()
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(13, 10, 1, CNN2DFormat.NHWC))
                .build());
        network.init();
        return network;
    }

    private static DataSet batch() {
        INDArray x = Nd4j.rand(DataType.FLOAT, 5, 13, 10, 1).subi(0.5).muli(4);
        INDArray y = Nd4j.zeros(DataType.FLOAT, 5, 3);
        for (int i = 0; i < 5; i++) {
            y.putScalar(i, i % 3, 1);
        }
        return new DataSet(x, y);
    }

    @Test
    void shouldHaveTheGradientOfItsLoss() {
        Nd4j.getRandom().setSeed(3);
        MultiLayerNetwork network = network();
        DataSet batch = batch();
        network.setInput(batch.getFeatures());
        network.setLabels(batch.getLabels());
        network.computeGradientAndScore();
        double[] analytic = network.gradient().gradient().dup().data().asDouble();
        INDArray parameters = network.params();
        double step = 1e-3;
        int checked = 0;
        int at = 0;
        for (org.deeplearning4j.nn.api.Layer layer : network.getLayers()) {
            for (java.util.Map.Entry<String, INDArray> entry :
                    layer.paramTable().entrySet()) {
                for (int i = 0; i < entry.getValue().length(); i++, at++) {
                    boolean running =
                            entry.getKey().equals("mean") || entry.getKey().equals("var");
                    if (running || i % 7 != 0) {
                        continue;
                    }
                    float kept = parameters.getFloat(at);
                    parameters.putScalar(at, kept + step);
                    double up = trainingScore(network, batch);
                    parameters.putScalar(at, kept - step);
                    double down = trainingScore(network, batch);
                    parameters.putScalar(at, kept);
                    double numeric = (up - down) / (2 * step);
                    // ReLU and max have kinks, hence a tolerance beside the relative one.
                    assertThat(analytic[at] / 5)
                            .as(
                                    "%s of %s, number %d",
                                    entry.getKey(), layer.getClass().getSimpleName(), i)
                            .isCloseTo(numeric, within(2e-3 + 0.03 * Math.abs(numeric)));
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThan(40);
    }

    private static double trainingScore(MultiLayerNetwork network, DataSet batch) {
        network.setInput(batch.getFeatures());
        network.setLabels(batch.getLabels());
        network.computeGradientAndScore();
        return network.score();
    }

    @Test
    void shouldLearnABatchByHeartAndKeepItOutsideTraining() {
        Nd4j.getRandom().setSeed(4);
        MultiLayerNetwork network = network();
        DataSet batch = batch();
        for (int i = 0; i < 150; i++) {
            network.fit(batch);
        }
        INDArray output = network.output(batch.getFeatures());
        for (int i = 0; i < 5; i++) {
            assertThat(output.getDouble(i, i % 3)).isGreaterThan(0.9);
        }
    }

    @Test
    void shouldGiveEachWindowTheSameAnswerAloneAndInABatch() {
        Nd4j.getRandom().setSeed(5);
        MultiLayerNetwork network = network();
        DataSet batch = batch();
        network.fit(batch);
        INDArray all = network.output(batch.getFeatures());
        for (int i = 0; i < 5; i++) {
            INDArray one = network.output(batch.getFeatures()
                    .get(org.nd4j.linalg.indexing.NDArrayIndex.interval(i, i + 1))
                    .dup('c'));
            assertThat(one.getDouble(0, 1)).isCloseTo(all.getDouble(i, 1), within(1e-5));
        }
    }
}
