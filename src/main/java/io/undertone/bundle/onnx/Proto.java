package io.undertone.bundle.onnx;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** One protocol-buffers message being written, field by field. Not thread-safe. */
final class Proto {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    static byte[] message(Consumer<Proto> fields) {
        Proto proto = new Proto();
        fields.accept(proto);
        return proto.finish();
    }

    Proto number(int field, long value) {
        return write(() -> out.writeInt64(field, value));
    }

    Proto real(int field, float value) {
        return write(() -> out.writeFloat(field, value));
    }

    Proto text(int field, String value) {
        return write(() -> out.writeString(field, value));
    }

    Proto bytes(int field, byte[] value) {
        return write(() -> out.writeByteArray(field, value));
    }

    Proto nested(int field, Consumer<Proto> fields) {
        return bytes(field, message(fields));
    }

    private byte[] finish() {
        write(out::flush);
        return bytes.toByteArray();
    }

    private Proto write(Write write) {
        try {
            write.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes every byte", e);
        }
    }

    private interface Write {
        void run() throws IOException;
    }
}
