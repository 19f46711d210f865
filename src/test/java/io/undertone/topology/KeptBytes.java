package io.undertone.topology;

import io.undertone.codec.AvroCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.NullUnmarked;

/** Files of kept bytes: a line for each record or entry of a store, key and value in Base64, then each header as {@code name=text}. */
@NullUnmarked
final class KeptBytes {
    /** A folder for each release. */
    static final Path ROOT = Path.of("src/test/resources/kept");

    /**
     * A record, or an entry of a store.
     *
     * @param headers in plain text without white space; none in a store
     */
    record Entry(byte[] key, byte[] value, Map<String, String> headers) {
        static Entry of(byte[] key, byte[] value) {
            return new Entry(key, value, Map.of());
        }
    }

    private KeptBytes() {}

    static void write(Path file, List<Entry> entries) throws IOException {
        Base64.Encoder encoder = Base64.getEncoder();
        List<String> lines = new ArrayList<>();
        for (Entry entry : entries) {
            StringBuilder line = new StringBuilder()
                    .append(encoder.encodeToString(entry.key()))
                    .append(' ')
                    .append(encoder.encodeToString(entry.value()));
            entry.headers()
                    .forEach((name, value) ->
                            line.append(' ').append(name).append('=').append(value));
            lines.add(line.toString());
        }
        Files.write(file, lines);
    }

    static List<Entry> read(Path file) throws IOException {
        Base64.Decoder decoder = Base64.getDecoder();
        List<Entry> entries = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ");
            Map<String, String> headers = new LinkedHashMap<>();
            for (int i = 2; i < words.length; i++) {
                String[] header = words[i].split("=", 2);
                headers.put(header[0], header[1]);
            }
            entries.add(new Entry(decoder.decode(words[0]), decoder.decode(words[1]), headers));
        }
        return entries;
    }

    /** All that stands in a store. */
    static List<Entry> of(KeyValueStore<Bytes, byte[]> store) {
        List<Entry> entries = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                entries.add(Entry.of(entry.key.get(), entry.value));
            }
        }
        return entries;
    }

    /** Puts what was kept of a store into one. */
    static void restore(Path file, KeyValueStore<Bytes, byte[]> store) throws IOException {
        read(file).forEach(entry -> store.put(Bytes.wrap(entry.key()), entry.value()));
    }

    /** Any record in single-object encoding. */
    static <T extends SpecificRecord> byte[] encoded(T record) {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) record.getClass();
        return new AvroCodec<>(type).encode(record);
    }

    static <T extends SpecificRecord> T decoded(byte[] bytes, Class<T> type) throws Exception {
        return new AvroCodec<>(type).decode(bytes);
    }
}
