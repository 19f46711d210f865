package io.undertone.topology;

import io.undertone.config.KafkaSettings;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Creates byte stores with changelog topics, so that a crash loses no committed change. */
final class ChangelogStores {
    /** Larger than any state of a leg: 2 MiB of held audio, a chunk of maximum size and the leg's other state. */
    private static final String MAX_MESSAGE_BYTES = Integer.toString(KafkaSettings.MAX_STATE_BYTES);

    /**
     * Audio and coefficients of finished legs leave the changelog with the first compaction after this. The default, compaction once half
     * of the log is garbage, would keep personal data for longer.
     */
    private static final Map<String, String> CHANGELOG = Map.of(
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG, MAX_MESSAGE_BYTES,
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.2",
            TopicConfig.SEGMENT_MS_CONFIG, "600000",
            TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(64 << 20),
            TopicConfig.DELETE_RETENTION_MS_CONFIG, "3600000");

    private ChangelogStores() {}

    /**
     * A store.
     *
     * @param onDisk RocksDB rather than memory
     * @param writeBehind whether changes are written to the changelog only at commits, so that short-lived entries are never written
     */
    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(String name, boolean onDisk, boolean writeBehind) {
        KeyValueBytesStoreSupplier supplier =
                onDisk ? Stores.persistentKeyValueStore(name) : Stores.inMemoryKeyValueStore(name);
        StoreBuilder<KeyValueStore<Bytes, byte[]>> builder = Stores.keyValueStoreBuilder(
                        supplier, Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(CHANGELOG);
        return writeBehind ? builder.withCachingEnabled() : builder.withCachingDisabled();
    }
}
