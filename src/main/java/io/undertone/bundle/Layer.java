package io.undertone.bundle;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.undertone.bundle.Shape.Flat;
import io.undertone.bundle.Shape.Image;
import io.undertone.bundle.Shape.Sequence;
import java.util.List;

/**
 * One layer of a network as data. All engines implement each layer as documented here, without state between
 * windows.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Layer.Conv1d.class, name = "conv1d"),
    @JsonSubTypes.Type(value = Layer.Conv2d.class, name = "conv2d"),
    @JsonSubTypes.Type(value = Layer.BatchNorm.class, name = "batchNorm"),
    @JsonSubTypes.Type(value = Layer.Relu.class, name = "relu"),
    @JsonSubTypes.Type(value = Layer.Dropout.class, name = "dropout"),
    @JsonSubTypes.Type(value = Layer.MaxPool1d.class, name = "maxPool1d"),
    @JsonSubTypes.Type(value = Layer.MaxPool2d.class, name = "maxPool2d"),
    @JsonSubTypes.Type(value = Layer.StackFrequency.class, name = "stackFrequency"),
    @JsonSubTypes.Type(value = Layer.Mask.class, name = "mask"),
    @JsonSubTypes.Type(value = Layer.MeanSpreadPool.class, name = "meanSpreadPool"),
    @JsonSubTypes.Type(value = Layer.AttentionPool.class, name = "attentionPool"),
    @JsonSubTypes.Type(value = Layer.Flatten.class, name = "flatten"),
    @JsonSubTypes.Type(value = Layer.Dense.class, name = "dense"),
    @JsonSubTypes.Type(value = Layer.Softmax.class, name = "softmax")
})
public sealed interface Layer {
    /**
     * The output shape for an input shape.
     *
     * @throws IllegalArgumentException where the layer can't read that shape
     */
    Shape output(Shape in);

    /** Its arrays of weights for that input, named without the layer's number. */
    default List<Parameter> parameters(Shape in) {
        return List.of();
    }

    /** Multiply-adds per window, padding included; other operations are not counted. */
    default long multiplyAdds(Shape in) {
        return 0;
    }

    /** The number of input time steps per output step. */
    default int timeStride() {
        return 1;
    }

    /**
     * Convolution over the last axis of {@code [in][length]}: {@code kernel / 2} zeros on both sides, so step {@code i} out is
     * centred on step {@code i x stride} in and the output has {@code ceil(length / stride)} steps. A kernel of 1 is a dense layer
     * at each step.
     *
     * @param out output channels
     * @param kernel length in steps, odd
     * @param stride steps from one output to the next
     * @param bias whether a constant is added to each channel
     */
    record Conv1d(int out, int kernel, int stride, boolean bias) implements Layer {
        public Conv1d {
            atLeast(1, out, "out");
            odd(kernel, "kernel");
            atLeast(1, stride, "stride");
        }

        @Override
        public Shape output(Shape in) {
            Sequence sequence = sequence(in, "conv1d");
            return new Sequence(out, ceilDivide(sequence.length(), stride));
        }

        @Override
        public List<Parameter> parameters(Shape in) {
            return weightAndBias(List.of(out, in.channels(), kernel), out, bias);
        }

        @Override
        public long multiplyAdds(Shape in) {
            return (long) output(in).size() * in.channels() * kernel;
        }

        @Override
        public int timeStride() {
            return stride;
        }
    }

    /**
     * Convolution over height (frequency) and width (time) of {@code [in][height][width]}, padded with zeros by half the
     * kernel on every side, as {@link Conv1d} does.
     */
    record Conv2d(int out, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, boolean bias)
            implements Layer {
        public Conv2d {
            atLeast(1, out, "out");
            odd(kernelHeight, "kernelHeight");
            odd(kernelWidth, "kernelWidth");
            atLeast(1, strideHeight, "strideHeight");
            atLeast(1, strideWidth, "strideWidth");
        }

        @Override
        public Shape output(Shape in) {
            Image image = image(in, "conv2d");
            return new Image(out, ceilDivide(image.height(), strideHeight), ceilDivide(image.width(), strideWidth));
        }

        @Override
        public List<Parameter> parameters(Shape in) {
            return weightAndBias(List.of(out, in.channels(), kernelHeight, kernelWidth), out, bias);
        }

        @Override
        public long multiplyAdds(Shape in) {
            return (long) output(in).size() * in.channels() * kernelHeight * kernelWidth;
        }

        @Override
        public int timeStride() {
            return strideWidth;
        }
    }

    /**
     * {@code (x - mean) / sqrt(variance + epsilon) x scale + shift} by channel (Ioffe and Szegedy 2015, with running mean and
     * variance outside training).
     */
    record BatchNorm(double epsilon) implements Layer {
        public BatchNorm {
            if (!(epsilon > 0)) {
                throw new IllegalArgumentException("must be > 0: epsilon=" + epsilon);
            }
        }

        @Override
        public Shape output(Shape in) {
            return in;
        }

        @Override
        public List<Parameter> parameters(Shape in) {
            List<Integer> axes = List.of(in.channels());
            return List.of(
                    new Parameter("scale", axes, true),
                    new Parameter("shift", axes, true),
                    new Parameter("mean", axes, false),
                    new Parameter("variance", axes, false));
        }
    }

    /** {@code max(x, 0)}. */
    record Relu() implements Layer {
        @Override
        public Shape output(Shape in) {
            return in;
        }
    }

    /** In training, sets a share of the values to 0 and divides the others by {@code 1 - rate}; no effect otherwise. */
    record Dropout(double rate) implements Layer {
        public Dropout {
            if (!(rate >= 0 && rate < 1)) {
                throw new IllegalArgumentException("must be >= 0 and < 1: rate=" + rate);
            }
        }

        @Override
        public Shape output(Shape in) {
            return in;
        }
    }

    /** The largest of each {@code size} steps; steps left over at the end are dropped: 40 steps by 8 give 5. */
    record MaxPool1d(int size) implements Layer {
        public MaxPool1d {
            atLeast(1, size, "size");
        }

        @Override
        public Shape output(Shape in) {
            Sequence sequence = sequence(in, "maxPool1d");
            atLeast(size, sequence.length(), "length");
            return new Sequence(sequence.channels(), sequence.length() / size);
        }

        @Override
        public int timeStride() {
            return size;
        }
    }

    /** The largest of each {@code height x width} field; the remainder is dropped. 2 x 1 pools over frequency only. */
    record MaxPool2d(int height, int width) implements Layer {
        public MaxPool2d {
            atLeast(1, height, "height");
            atLeast(1, width, "width");
        }

        @Override
        public Shape output(Shape in) {
            Image image = image(in, "maxPool2d");
            atLeast(height, image.height(), "height");
            atLeast(width, image.width(), "width");
            return new Image(image.channels(), image.height() / height, image.width() / width);
        }

        @Override
        public int timeStride() {
            return width;
        }
    }

    /** {@code [channels][height][width]} read as the sequence {@code [channels x height][width]}, without moving data. */
    record StackFrequency() implements Layer {
        @Override
        public Shape output(Shape in) {
            Image image = image(in, "stackFrequency");
            return new Sequence(image.channels() * image.height(), image.width());
        }
    }

    /** Sets the steps after the window's own frames to 0, as padding. */
    record Mask() implements Layer {
        @Override
        public Shape output(Shape in) {
            if (in instanceof Flat) {
                throw new IllegalArgumentException(
                        "mask must be placed where there still are steps of time: input=" + in);
            }
            return in;
        }
    }

    /**
     * Mean and spread over time, of the window's own frames only: {@code [channels][length]} gives all means, then all
     * {@code sqrt(mean((x - mean)²) + epsilon)}.
     */
    record MeanSpreadPool(double epsilon) implements Layer {
        public MeanSpreadPool {
            if (!(epsilon > 0)) {
                throw new IllegalArgumentException("must be > 0: epsilon=" + epsilon);
            }
        }

        @Override
        public Shape output(Shape in) {
            return new Flat(2 * sequence(in, "meanSpreadPool").channels());
        }

        @Override
        public long multiplyAdds(Shape in) {
            return 2L * in.size();
        }
    }

    /**
     * Mean and spread as {@link MeanSpreadPool}, each frame weighted by a softmax over the window's own frames of one linear
     * score (attentive statistics pooling, Okabe et al. 2018, with a linear score).
     */
    record AttentionPool(double epsilon) implements Layer {
        public AttentionPool {
            if (!(epsilon > 0)) {
                throw new IllegalArgumentException("must be > 0: epsilon=" + epsilon);
            }
        }

        @Override
        public Shape output(Shape in) {
            return new Flat(2 * sequence(in, "attentionPool").channels());
        }

        @Override
        public List<Parameter> parameters(Shape in) {
            return weightAndBias(List.of(1, in.channels(), 1), 1, true);
        }

        @Override
        public long multiplyAdds(Shape in) {
            return 3L * in.size();
        }
    }

    /** Any shape read as one row, channel after channel, without moving data. */
    record Flatten() implements Layer {
        @Override
        public Shape output(Shape in) {
            return new Flat(in.size());
        }
    }

    /** {@code x W + b} of a flat input; always with a bias, without which Deeplearning4j's gradients are wrong. */
    record Dense(int out) implements Layer {
        public Dense {
            atLeast(1, out, "out");
        }

        @Override
        public Shape output(Shape in) {
            if (!(in instanceof Flat)) {
                throw new IllegalArgumentException(
                        "dense must follow a flat shape, put flatten before it: input=" + in);
            }
            return new Flat(out);
        }

        @Override
        public List<Parameter> parameters(Shape in) {
            return weightAndBias(List.of(in.channels(), out), out, true);
        }

        @Override
        public long multiplyAdds(Shape in) {
            return (long) in.channels() * out;
        }
    }

    /** {@code exp(x) / sum(exp(x))} of a flat input. */
    record Softmax() implements Layer {
        @Override
        public Shape output(Shape in) {
            if (!(in instanceof Flat)) {
                throw new IllegalArgumentException("softmax must follow a flat shape: input=" + in);
            }
            return in;
        }
    }

    private static List<Parameter> weightAndBias(List<Integer> weight, int out, boolean bias) {
        Parameter weights = new Parameter("weight", weight, true);
        return bias ? List.of(weights, new Parameter("bias", List.of(out), true)) : List.of(weights);
    }

    private static Sequence sequence(Shape in, String layer) {
        if (in instanceof Sequence sequence) {
            return sequence;
        }
        throw new IllegalArgumentException(
                layer + " must follow a sequence, stackFrequency makes one of an image: input=" + in);
    }

    private static Image image(Shape in, String layer) {
        if (in instanceof Image image) {
            return image;
        }
        throw new IllegalArgumentException(layer + " must follow an image: input=" + in);
    }

    private static int ceilDivide(int value, int by) {
        return (value + by - 1) / by;
    }

    private static void atLeast(int least, int value, String name) {
        if (value < least) {
            throw new IllegalArgumentException("must be >= " + least + ": " + name + "=" + value);
        }
    }

    private static void odd(int value, String name) {
        if (value < 1 || value % 2 == 0) {
            throw new IllegalArgumentException("must be odd and >= 1: " + name + "=" + value);
        }
    }
}
