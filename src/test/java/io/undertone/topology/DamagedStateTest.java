package io.undertone.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

class DamagedStateTest {
    private static ProcessorStateException opening(Status status) {
        return new ProcessorStateException("Error opening store legs", new RocksDBException("said", status));
    }

    @Test
    void shouldBeSeenWhereAStoreIsCorruptOrLacksAFile() {
        Status corrupt = new Status(Status.Code.Corruption, Status.SubCode.None, "");
        RocksDBException missing = new RocksDBException(
                "While opening MANIFEST-000005: No such file or directory",
                new Status(Status.Code.IOError, Status.SubCode.None, ""));
        assertThat(DamagedState.in(opening(corrupt))).contains("Error opening store legs: said");
        assertThat(DamagedState.in(new StreamsException(new ProcessorStateException("legs", missing))))
                .contains("legs: While opening MANIFEST-000005: No such file or directory");
    }

    @Test
    void shouldNotBeSeenWhereDeletingHelpsNothing() {
        Status full = new Status(Status.Code.IOError, Status.SubCode.NoSpace, "");
        Status other = new Status(Status.Code.IOError, Status.SubCode.None, "");
        assertThat(DamagedState.in(opening(full))).isEmpty();
        assertThat(DamagedState.in(opening(other))).isEmpty();
        assertThat(DamagedState.in(new ProcessorStateException("no such folder")))
                .isEmpty();
        assertThat(DamagedState.in(new ProcessorStateException("unknown", new RocksDBException("said"))))
                .isEmpty();
    }
}
