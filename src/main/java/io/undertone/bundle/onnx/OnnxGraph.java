package io.undertone.bundle.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A builder of an ONNX graph; nodes are in topological order. Field numbers are those of
 * onnx.proto (github.com/onnx/onnx), IR version 8, operator set 17. Not thread-safe.
 */
final class OnnxGraph {
    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 17;
    private static final int FLOAT = 1;
    private static final int UINT8 = 2;
    private static final int INT8 = 3;
    private static final int INT32 = 6;
    private static final int INT64 = 7;
    private static final int EXTERNAL = 1;

    private final String name;
    private final List<byte[]> nodes = new ArrayList<>();
    private final Map<String, byte[]> constants = new LinkedHashMap<>();
    private final List<byte[]> inputs = new ArrayList<>();
    private final List<byte[]> outputs = new ArrayList<>();
    private int temporaries;

    OnnxGraph(String name) {
        this.name = name;
    }

    /** Adds a node with one output under a generated name. */
    String node(String operator, List<String> from, Attribute... attributes) {
        String output = operator.toLowerCase(Locale.ROOT) + "-" + temporaries++;
        node(operator, from, output, attributes);
        return output;
    }

    /** Reshapes the axes after the batch axis. */
    String reshape(String from, List<Integer> axes) {
        long[] shape = new long[axes.size() + 1];
        shape[0] = -1;
        for (int i = 0; i < axes.size(); i++) {
            shape[i + 1] = axes.get(i);
        }
        return node("Reshape", List.of(from, longs("shape-" + axes, List.of(shape.length), shape)));
    }

    /** Reshapes all axes, -1 for an inferred one. */
    String reshaped(String from, long... axes) {
        return node("Reshape", List.of(from, longs("axes-" + Arrays.toString(axes), List.of(axes.length), axes)));
    }

    /** Adds a node with one named output. */
    void node(String operator, List<String> from, String output, Attribute... attributes) {
        nodes.add(Proto.message(proto -> {
            from.forEach(input -> proto.text(1, input));
            proto.text(2, output);
            proto.text(3, output);
            proto.text(4, operator);
            Arrays.stream(attributes).forEach(attribute -> proto.nested(5, attribute::write));
        }));
    }

    /** A constant stored in the graph. */
    String floats(String constant, List<Integer> axes, float[] values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return constant(constant, FLOAT, axes, proto -> proto.bytes(9, raw.array()));
    }

    /** An int64 constant stored in the graph. */
    String longs(String constant, List<Integer> axes, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            raw.putLong(value);
        }
        return constant(constant, INT64, axes, proto -> proto.bytes(9, raw.array()));
    }

    /** An int32 constant stored in the graph. */
    String ints(String constant, List<Integer> axes, int... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asIntBuffer().put(values);
        return constant(constant, INT32, axes, proto -> proto.bytes(9, raw.array()));
    }

    /** An int8 constant stored in the graph. */
    String bytes(String constant, List<Integer> axes, byte... values) {
        return constant(constant, INT8, axes, proto -> proto.bytes(9, values));
    }

    /** A uint8 scalar stored in the graph. */
    String unsignedByte(int value) {
        return constant("byte-" + value, UINT8, List.of(), proto -> proto.bytes(9, new byte[] {(byte) value}));
    }

    /** A float scalar stored in the graph. */
    String number(float value) {
        return floats("number-" + value, List.of(), new float[] {value});
    }

    /** A float constant stored in another file of the same folder. */
    String external(String constant, List<Integer> axes, String file, long offset, long length) {
        return constant(constant, FLOAT, axes, proto -> {
            entry(proto, 13, "location", file);
            entry(proto, 13, "offset", Long.toString(offset));
            entry(proto, 13, "length", Long.toString(length));
            proto.number(14, EXTERNAL);
        });
    }

    /** Declares an input of floats; an axis is a number or a name. */
    void floatInput(String input, Object... axes) {
        inputs.add(value(input, FLOAT, axes));
    }

    /** Declares an int64 input. */
    void longInput(String input, Object... axes) {
        inputs.add(value(input, INT64, axes));
    }

    /** Declares an output of floats. */
    void floatOutput(String output, Object... axes) {
        outputs.add(value(output, FLOAT, axes));
    }

    /** The whole model. */
    byte[] toBytes(String documentation, Map<String, String> metadata) {
        return Proto.message(model -> {
            model.number(1, IR_VERSION);
            model.text(2, "undertone");
            model.text(6, documentation);
            model.nested(7, graph -> {
                nodes.forEach(node -> graph.bytes(1, node));
                graph.text(2, name);
                constants.values().forEach(constant -> graph.bytes(5, constant));
                inputs.forEach(input -> graph.bytes(11, input));
                outputs.forEach(output -> graph.bytes(12, output));
            });
            model.nested(8, set -> set.text(1, "").number(2, OPERATOR_SET));
            metadata.forEach((key, value) -> entry(model, 14, key, value));
        });
    }

    private String constant(String constant, int type, List<Integer> axes, Consumer<Proto> data) {
        constants.computeIfAbsent(
                constant,
                key -> Proto.message(proto -> {
                    axes.forEach(axis -> proto.number(1, axis));
                    proto.number(2, type);
                    proto.text(8, key);
                    data.accept(proto);
                }));
        return constant;
    }

    private static byte[] value(String name, int type, Object... axes) {
        return Proto.message(value -> value.text(1, name)
                .nested(
                        2,
                        of -> of.nested(
                                1,
                                tensor -> tensor.number(1, type).nested(2, shape -> {
                                    for (Object axis : axes) {
                                        shape.nested(1, dim -> {
                                            if (axis instanceof Integer size) {
                                                dim.number(1, size);
                                            } else {
                                                dim.text(2, axis.toString());
                                            }
                                        });
                                    }
                                }))));
    }

    private static void entry(Proto proto, int field, String key, String value) {
        proto.nested(field, entry -> entry.text(1, key).text(2, value));
    }
}
