package io.undertone.codec;

import io.undertone.DeadLetterReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.jspecify.annotations.Nullable;

/**
 * Records of one type to bytes and back, in one of two formats:
 *
 * <ul>
 *   <li>Avro's single-object encoding: C3 01, the 64-bit Rabin fingerprint of the writer's schema in parsing canonical form
 *       (little endian), the record in binary. Reads records of every version of the schema that it knows: the present one, the
 *       {@linkplain EarlierSchemas earlier ones}, and each that was {@linkplain #alsoReads added}.
 *   <li>With a registry, the Confluent wire format: 00, the schema's number there in four bytes (big endian), the record in
 *       binary. Written so, and read of every version that the registry knows; single objects are read as well, so that a
 *       registry can be added to a cluster that holds them.
 * </ul>
 *
 * <p>Not thread-safe: one for each user.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">Avro 1.12, single-object encoding</a>
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">
 *     Confluent wire format</a>
 */
public final class AvroCodec<T extends SpecificRecord> {
    private static final int HEADER_BYTES = 10;
    private static final byte MARK_0 = (byte) 0xC3;
    private static final byte MARK_1 = 0x01;
    private static final byte CONFLUENT_MAGIC = 0x00;
    private static final int CONFLUENT_HEADER_BYTES = 5;

    static {
        // From 1.12.2 on Avro makes instances of trusted classes only; the generated ones must be named.
        ClassSecurityValidator.ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
        String generated = AvroCodec.class.getPackageName().replaceFirst("\\.codec$", "");
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                before, type -> type.getPackageName().equals(generated)));
    }

    private final SpecificData data;
    private final Schema schema;
    private final SpecificDatumWriter<T> writer;
    private final @Nullable SchemaRegistry registry;
    private final String subject;
    private byte[] header;
    private final Map<Long, DatumReader<T>> readers = new HashMap<>();
    private final Map<Integer, DatumReader<T>> readersById = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    private @Nullable BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder;

    /** A codec for this generated class, in single-object encoding. */
    public AvroCodec(Class<T> type) {
        this(type, null, "");
    }

    /**
     * @param registry of the Confluent wire format; null: single-object encoding
     * @param subject under which the registry keeps the schema
     */
    AvroCodec(Class<T> type, @Nullable SchemaRegistry registry, String subject) {
        this.registry = registry;
        this.subject = subject;
        this.data = SpecificData.getForClass(type);
        this.schema = data.getSchema(type);
        this.writer = new SpecificDatumWriter<>(schema, data);
        long fingerprint = SchemaNormalization.parsingFingerprint64(schema);
        // The number of the schema is asked for when the first record is written: readers need none.
        this.header = registry != null
                ? new byte[0]
                : ByteBuffer.allocate(HEADER_BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(MARK_0)
                        .put(MARK_1)
                        .putLong(fingerprint)
                        .array();
        readers.put(fingerprint, new SpecificDatumReader<>(schema, schema, data));
        EarlierSchemas.of(schema.getName()).forEach(this::alsoReads);
    }

    /** Makes records that were written with this other version readable as well. */
    public AvroCodec<T> alsoReads(Schema other) {
        readers.put(SchemaNormalization.parsingFingerprint64(other), new SpecificDatumReader<>(other, schema, data));
        return this;
    }

    /**
     * The record as bytes.
     *
     * @throws RuntimeException where the registry does not answer or refuses the schema
     */
    public byte[] encode(T record) {
        try {
            byte[] begins = header();
            out.reset();
            out.write(begins, 0, begins.length);
            BinaryEncoder current = EncoderFactory.get().directBinaryEncoder(out, encoder);
            encoder = current;
            writer.write(record, current);
            current.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
    }

    private byte[] header() {
        if (header.length == 0 && registry != null) {
            header = ByteBuffer.allocate(CONFLUENT_HEADER_BYTES)
                    .put(CONFLUENT_MAGIC)
                    .putInt(registry.idOf(subject, schema))
                    .array();
        }
        return header;
    }

    /**
     * The record that these bytes are.
     *
     * @throws UnreadableRecordException with NOT_AVRO or UNKNOWN_SCHEMA
     * @throws RuntimeException where the registry does not answer: the record is not to blame
     */
    public T decode(byte @Nullable [] bytes) throws UnreadableRecordException {
        if (registry != null
                && bytes != null
                && bytes.length >= CONFLUENT_HEADER_BYTES
                && bytes[0] == CONFLUENT_MAGIC) {
            return read(reader(registry, ByteBuffer.wrap(bytes).getInt(1)), bytes, CONFLUENT_HEADER_BYTES);
        }
        if (bytes == null || bytes.length < HEADER_BYTES || bytes[0] != MARK_0 || bytes[1] != MARK_1) {
            throw notAvro("value must begin with C3 01 and a fingerprint (Avro single-object encoding)"
                    + (registry == null ? ": " : ", or with 00 and a schema's id (Confluent wire format): ")
                    + beginning(bytes));
        }
        long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
        DatumReader<T> reader = readers.get(fingerprint);
        if (reader == null) {
            throw new UnreadableRecordException(
                    DeadLetterReason.UNKNOWN_SCHEMA,
                    "schema must be a known version of " + schema.getFullName() + ": fingerprint="
                            + Long.toHexString(fingerprint) + "; write with the schema in schemas/"
                            + schema.getName() + ".avsc");
        }
        return read(reader, bytes, HEADER_BYTES);
    }

    private DatumReader<T> reader(SchemaRegistry schemas, int id) throws UnreadableRecordException {
        DatumReader<T> known = readersById.get(id);
        if (known != null) {
            return known;
        }
        Schema writer = schemas.schema(id)
                .orElseThrow(() -> new UnreadableRecordException(
                        DeadLetterReason.UNKNOWN_SCHEMA,
                        "schema must be known to the registry of schema.registry.url: id=" + id
                                + "; register it there before records are written with it"));
        if (!SchemaCompatibility.checkReaderWriterCompatibility(schema, writer)
                .getType()
                .equals(SchemaCompatibilityType.COMPATIBLE)) {
            throw new UnreadableRecordException(
                    DeadLetterReason.UNKNOWN_SCHEMA,
                    "schema must be a version of " + schema.getFullName() + " that can be read as the present one: id="
                            + id + " is " + writer.getFullName());
        }
        DatumReader<T> reader = new SpecificDatumReader<>(writer, schema, data);
        readersById.put(id, reader);
        return reader;
    }

    private T read(DatumReader<T> reader, byte[] bytes, int from) throws UnreadableRecordException {
        try {
            BinaryDecoder current = DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, decoder);
            decoder = current;
            @SuppressWarnings("NullAway") // Avro's way to say that there is no record to use again.
            T record = reader.read(null, current);
            if (!current.isEnd()) {
                throw notAvro("value must end where its record ends: size=" + bytes.length + " bytes");
            }
            return record;
        } catch (IOException | RuntimeException e) {
            throw notAvro("value must be one whole " + schema.getName() + ": size=" + bytes.length + " bytes ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    private String beginning(byte @Nullable [] bytes) {
        if (bytes == null) {
            return "value is null";
        }
        if (registry == null && bytes.length > 0 && bytes[0] == CONFLUENT_MAGIC) {
            return "value begins with 00, as the Confluent wire format does; set schema.registry.url to read that";
        }
        return "size=" + bytes.length + " bytes; encode with a schema of schemas/";
    }

    private static UnreadableRecordException notAvro(String message) {
        return new UnreadableRecordException(DeadLetterReason.NOT_AVRO, message);
    }
}
