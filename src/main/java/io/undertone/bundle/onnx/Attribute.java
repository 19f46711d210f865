package io.undertone.bundle.onnx;

import java.util.List;

/** An attribute of an ONNX node (`AttributeProto` of onnx.proto, IR version 8). */
record Attribute(String name, Kind kind, List<Long> numbers, float real) {
    /** Numbers of the attribute types used here, from onnx.proto. */
    enum Kind {
        FLOAT(1),
        INT(2),
        INTS(7);

        private final int type;

        Kind(int type) {
            this.type = type;
        }
    }

    static Attribute number(String name, long value) {
        return new Attribute(name, Kind.INT, List.of(value), 0);
    }

    static Attribute numbers(String name, List<Integer> values) {
        return new Attribute(
                name, Kind.INTS, values.stream().map(Integer::longValue).toList(), 0);
    }

    static Attribute real(String name, double value) {
        return new Attribute(name, Kind.FLOAT, List.of(), (float) value);
    }

    void write(Proto proto) {
        proto.text(1, name);
        switch (kind) {
            case FLOAT -> proto.real(2, real);
            case INT -> proto.number(3, numbers.get(0));
            case INTS -> numbers.forEach(value -> proto.number(8, value));
        }
        proto.number(20, kind.type);
    }
}
