package io.undertone.inference.dl4j;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A layer without parameters: it only computes from its input.
 *
 * @param <C> its configuration
 */
abstract class ParameterlessLayer<C extends org.deeplearning4j.nn.conf.layers.Layer> extends AbstractLayer<C> {
    ParameterlessLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    @Override
    public final boolean isPretrainLayer() {
        return false;
    }

    @Override
    public final void clearNoiseWeightParams() {}

    @Override
    public final Layer clone() {
        throw new UnsupportedOperationException("layers are made by their configuration, not cloned");
    }
}
