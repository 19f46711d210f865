package io.undertone.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.AudioChunk;
import io.undertone.DeadLetterReason;
import io.undertone.Encoding;
import io.undertone.Model;
import io.undertone.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

class AvroCodecTest {
    private final AvroCodec<AudioChunk> codec = new AvroCodec<>(AudioChunk.class);

    private static AudioChunk chunk(byte[] audio) {
        return AudioChunk.newBuilder()
                .setCallId("call-1")
                .setRole(Role.CUSTOMER)
                .setPosition(1600)
                .setCapturedAt(Instant.ofEpochMilli(1_790_000_000_000L))
                .setEncoding(Encoding.MULAW)
                .setSampleRateHz(8000)
                .setAudio(ByteBuffer.wrap(audio))
                .setLast(false)
                .build();
    }

    @Test
    void shouldReadWhatItWroteTimeAndAgain() throws Exception {
        for (int size : new int[] {160, 1600, 0}) {
            AudioChunk chunk = chunk(new byte[size]);
            assertThat(codec.decode(codec.encode(chunk))).isEqualTo(chunk);
        }
    }

    @Test
    void shouldWriteWhatAvrosOwnEncoderWrites() throws IOException {
        AudioChunk chunk = chunk(new byte[] {1, 2, 3});
        assertThat(codec.encode(chunk))
                .isEqualTo(AudioChunk.getEncoder().encode(chunk).array());
    }

    @Test
    void shouldReadRecordsOfAnotherVersionItWasTold() throws Exception {
        Schema older = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Model\",\"namespace\":\"io.undertone\",\"fields\":["
                        + "{\"name\":\"version\",\"type\":\"string\"},{\"name\":\"name\",\"type\":\"string\"},"
                        + "{\"name\":\"retired\",\"type\":\"int\"}]}");
        GenericRecord record = new GenericData.Record(older);
        record.put("name", "telephone");
        record.put("version", "0.9.0");
        record.put("retired", 1);
        byte[] bytes = bytes(older, record);

        AvroCodec<Model> models = new AvroCodec<>(Model.class);
        assertThatThrownBy(() -> models.decode(bytes)).satisfies(e -> reason(e, DeadLetterReason.UNKNOWN_SCHEMA));
        assertThat(models.alsoReads(older).decode(bytes)).isEqualTo(new Model("telephone", "0.9.0"));
    }

    private static byte[] bytes(Schema schema, GenericRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new BinaryMessageEncoder<>(GenericData.get(), schema).encode(record, out);
        return out.toByteArray();
    }

    @Test
    void shouldSayWhatTheConfluentWireFormatNeeds() {
        assertThatThrownBy(() -> codec.decode(new byte[] {0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7}))
                .satisfies(e -> reason(e, DeadLetterReason.NOT_AVRO))
                .hasMessageContaining("schema.registry.url");
    }

    /** Whatever bytes come: a record or a refusal, and never more memory than the bytes themselves could fill. */
    @Test
    void shouldReadOrRefuseMutatedBytes() {
        byte[] good = codec.encode(chunk(new byte[400]));
        Random random = new Random(7);
        int refused = 0;
        for (int run = 0; run < 20_000; run++) {
            byte[] bytes = Arrays.copyOf(good, random.nextInt(4) == 0 ? random.nextInt(good.length) : good.length);
            for (int hits = random.nextInt(4); hits >= 0 && bytes.length > 10; hits--) {
                bytes[10 + random.nextInt(Math.min(40, bytes.length - 10))] = (byte) random.nextInt();
            }
            try {
                assertThat(codec.decode(bytes)).isNotNull();
            } catch (UnreadableRecordException e) {
                reason(e, DeadLetterReason.NOT_AVRO);
                refused++;
            }
        }
        assertThat(refused).isBetween(1_000, 19_999);
    }

    @Test
    void shouldNotTrustALength() {
        byte[] huge = Arrays.copyOf(codec.encode(chunk(new byte[4])), 60);
        // The call id's length as a zigzag varint of 2^31 - 9 or so.
        huge[10] = (byte) 0xee;
        huge[11] = (byte) 0xff;
        huge[12] = (byte) 0xff;
        huge[13] = (byte) 0xff;
        huge[14] = (byte) 0x0f;
        assertThatThrownBy(() -> codec.decode(huge)).satisfies(e -> reason(e, DeadLetterReason.NOT_AVRO));
    }

    private static void reason(Throwable refusal, DeadLetterReason reason) {
        assertThat(refusal)
                .isInstanceOfSatisfying(
                        UnreadableRecordException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
