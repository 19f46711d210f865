package io.undertone.topology;

import java.util.Optional;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * Recognises local state that is missing files, as a process leaves it that was killed while it created or deleted a store. Kafka Streams
 * 4.3.1 opens all stores that it finds before its threads start, and gives up where one cannot be opened. All of it is in the changelogs.
 */
final class DamagedState {
    private DamagedState() {}

    /** Which store it is and what RocksDB says; empty where the fault is another, such as a full disk or a missing right, for which deleting is no remedy. */
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

    /** RocksDB's Java has no sub-code for a file that is not there. */
    private static boolean isDamage(RocksDBException fault) {
        Status status = fault.getStatus();
        return status != null
                && (status.getCode() == Status.Code.Corruption
                        || (status.getCode() == Status.Code.IOError
                                && String.valueOf(fault.getMessage()).contains("No such file or directory")));
    }
}
