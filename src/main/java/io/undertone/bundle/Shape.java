package io.undertone.bundle;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** The shape of one window's values at some point of a network, without the batch: channels first, time last. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Shape.Flat.class, name = "flat"),
    @JsonSubTypes.Type(value = Shape.Sequence.class, name = "sequence"),
    @JsonSubTypes.Type(value = Shape.Image.class, name = "image")
})
public sealed interface Shape {
    /** Sizes of the axes in order, without the batch. */
    List<Integer> axes();

    /** Number of values: the product of the axes. */
    default int size() {
        return Math.toIntExact(axes().stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact));
    }

    /** Channels, or features of a flat shape. */
    default int channels() {
        return axes().get(0);
    }

    /** Steps of the last axis: 1 for a flat shape. */
    default int steps() {
        return axes().size() == 1 ? 1 : axes().get(axes().size() - 1);
    }

    /** {@code [features]}. */
    record Flat(int features) implements Shape {
        public Flat {
            positive(features, "features");
        }

        @Override
        public List<Integer> axes() {
            return List.of(features);
        }
    }

    /** {@code [channels][length]}: the reference network reads its 40 coefficients as one channel of length 40. */
    record Sequence(int channels, int length) implements Shape {
        public Sequence {
            positive(channels, "channels");
            positive(length, "length");
        }

        @Override
        public List<Integer> axes() {
            return List.of(channels, length);
        }
    }

    /** {@code [channels][height][width]}: frequency is the height, time the width. */
    record Image(int channels, int height, int width) implements Shape {
        public Image {
            positive(channels, "channels");
            positive(height, "height");
            positive(width, "width");
        }

        @Override
        public List<Integer> axes() {
            return List.of(channels, height, width);
        }
    }

    private static void positive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException("must be >= 1: " + name + "=" + value);
        }
    }
}
