import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Publishes one leg of a call to audio-chunks: takes audio in the pieces a telephony platform sends, hands out records of 200 ms.
 * Needs Kafka's client, Avro and schemas/AudioChunk.avsc, and nothing of Undertone's. For one thread.
 */
public final class LegPublisher implements AutoCloseable {
    private static final int CHUNK_MS = 200;

    private final Schema schema;
    private final BinaryMessageEncoder<GenericRecord> encoder;
    private final String callId;
    private final Object role;
    private final Object encoding;
    private final int sampleRateHz;
    private final int bytesPerSample;
    private final Consumer<ProducerRecord<String, byte[]>> producer;

    private final ByteArrayOutputStream audio = new ByteArrayOutputStream();
    private long position; // of the first sample in audio
    private long capturedAtMs; // of the same sample
    private Map<String, String> attributes = Map.of(); // to be said in the next chunk

    /**
     * @param schemaFile schemas/AudioChunk.avsc
     * @param role CUSTOMER, AGENT or UNKNOWN
     * @param encoding MULAW, ALAW, PCM_S16LE or PCM_F32LE
     * @param producer such as record -> kafkaProducer.send(record)
     */
    public LegPublisher(Path schemaFile, String callId, String role, String encoding, int sampleRateHz,
            Consumer<ProducerRecord<String, byte[]>> producer) throws java.io.IOException {
        this.schema = new Schema.Parser().parse(schemaFile.toFile());
        // Single-object encoding: C3 01, the schema's fingerprint (8 bytes), then the record in Avro's binary form.
        this.encoder = new BinaryMessageEncoder<>(GenericData.get(), schema);
        this.callId = callId;
        this.role = new GenericData.EnumSymbol(schema.getField("role").schema(), role);
        this.encoding = new GenericData.EnumSymbol(schema.getField("encoding").schema(), encoding);
        this.sampleRateHz = sampleRateHz;
        this.bytesPerSample = switch (encoding) {
            case "MULAW", "ALAW" -> 1;
            case "PCM_S16LE" -> 2;
            default -> 4;
        };
        this.producer = producer;
    }

    /** What is to be known of the call besides, such as queue and agent: the next chunk says it, once is enough. */
    public void attributes(Map<String, String> attributes) {
        this.attributes = attributes;
    }

    /**
     * Takes the next piece of audio.
     *
     * @param position index of its first sample within the leg, from 0: by the source's own count where it has one, so that
     *     audio which never came is a gap and not a shift of all that follows
     * @param capturedAtMs when that sample was spoken, epoch ms
     * @param samples mono, a whole number of samples
     */
    public void add(long position, long capturedAtMs, byte[] samples) throws java.io.IOException {
        if (audio.size() > 0 && position != this.position + audio.size() / bytesPerSample) {
            send(false); // a jump: a chunk holds audio that belongs together
        }
        if (audio.size() == 0) {
            this.position = position;
            this.capturedAtMs = capturedAtMs;
        }
        audio.writeBytes(samples);
        if (audio.size() / bytesPerSample >= sampleRateHz * CHUNK_MS / 1000) {
            send(false);
        }
    }

    /** Ends the leg: its summary comes at once rather than after leg.idle.ms. */
    @Override
    public void close() throws java.io.IOException {
        send(true);
    }

    private void send(boolean last) throws java.io.IOException {
        GenericRecord chunk = new GenericData.Record(schema);
        chunk.put("callId", callId);
        chunk.put("role", role);
        chunk.put("position", position);
        chunk.put("capturedAt", capturedAtMs);
        chunk.put("encoding", encoding);
        chunk.put("sampleRateHz", sampleRateHz);
        chunk.put("audio", java.nio.ByteBuffer.wrap(audio.toByteArray()));
        chunk.put("last", last);
        chunk.put("attributes", attributes);
        attributes = Map.of();
        java.nio.ByteBuffer bytes = encoder.encode(chunk);
        byte[] value = new byte[bytes.remaining()];
        bytes.get(value);
        // The key is the call id: all of a call goes to one partition, in order.
        producer.accept(new ProducerRecord<>("audio-chunks", callId, value));
        long samples = audio.size() / bytesPerSample;
        position += samples;
        capturedAtMs += samples * 1000 / sampleRateHz;
        audio.reset();
    }
}
