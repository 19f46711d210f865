package io.undertone.topology;

import java.util.Optional;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * Recognises local state with missing files, as left by a process that was killed while it created or deleted a store. Kafka Streams 4.3.1 opens all existing stores before its threads start, and fails if one cannot be opened. All of the state is in the changelogs.
 */
final class DamagedState {
    private DamagedState() {}

    /** The store and RocksDB's message; empty for another fault, such as a full disk or a missing permission, which deleting does not cure. */
    static Optional<String> in(Throwable fault) {
        String store = "";
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProcessorStateException) {
                store = cause.getMessage() + ": ";
            }
            if (cause instanceof RocksDBException damage && isDamage(damage)) {
                return Optional.of(store + damage.getMessage());
            }
        }
        return Optional.empty();
    }

    /** RocksDB's Java API has no sub-code for a missing file. */
    private static boolean isDamage(RocksDBException fault) {
        Status status = fault.getStatus();
        return status != null
                && (status.getCode() == Status.Code.Corruption
                        || (status.getCode() == Status.Code.IOError
                                && String.valueOf(fault.getMessage()).contains("No such file or directory")));
    }
}
