package io.undertone.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** How far a receiver is in a partition, and what a successor learns of it. */
class PartitionProgressTest {
    private static PartitionProgress restored(PartitionProgress progress) {
        PartitionProgress.Commit commit = progress.commit();
        return PartitionProgress.of(commit.offset(), commit.metadata());
    }

    @Test
    void shouldSayItAsItsDocumentationDoes() {
        PartitionProgress progress = PartitionProgress.at(100);
        for (long offset = 100; offset < 110; offset++) {
            assertThat(progress.take(offset)).isTrue();
        }
        List.of(101, 102, 105, 106, 107, 108, 109).forEach(progress::done);

        assertThat(progress.commit()).isEqualTo(new PartitionProgress.Commit(100, "1:a,3,1", 110));
    }

    @Test
    void shouldCommitWhatComesNextWhereNothingIsOpen() {
        PartitionProgress progress = PartitionProgress.at(7);
        assertThat(progress.commit()).isEqualTo(new PartitionProgress.Commit(7, "", 7));
        progress.take(7);
        progress.done(7);

        assertThat(progress.commit()).isEqualTo(new PartitionProgress.Commit(8, "", 8));
    }

    @Test
    void shouldTakeAllFromTheOffsetOnWhereTheMetadataAreNotItsOwn() {
        for (String metadata : List.of("", "AgAAAZ", "1:", "1:x,!", "2:a,3,1")) {
            PartitionProgress progress = PartitionProgress.of(5, metadata);
            assertThat(progress.take(5)).as(metadata).isTrue();
            assertThat(progress.take(6)).as(metadata).isTrue();
        }
    }

    @Test
    void shouldNotWaitForWhatKafkaHasDeleted() {
        PartitionProgress progress = PartitionProgress.of(100, "1:a,3,1");
        assertThat(progress.take(104)).isTrue();
        progress.done(104);

        assertThat(progress.commit().offset()).isEqualTo(110);
    }

    @Test
    void shouldKeepToTheRoomThatBrokersGiveMetadata() {
        PartitionProgress progress = PartitionProgress.at(0);
        for (long offset = 0; offset < 100_000; offset++) {
            progress.take(offset * 3);
        }
        PartitionProgress.Commit commit = progress.commit();

        assertThat(commit.metadata().length()).isBetween(3_900, PartitionProgress.MAX_METADATA_CHARS);
        assertThat(commit.offset()).isZero();
        assertThat(commit.end()).isBetween(5_000L, 10_000L);
        PartitionProgress successor = restored(progress);
        assertThat(successor.take(0)).isTrue();
        assertThat(successor.take(1)).as("was never open").isFalse();
        assertThat(successor.take(commit.end()))
                .as("from the end on all is open")
                .isTrue();
    }

    /** Whoever reads on takes exactly what was open, and what came since; what it does not reach stays open for the next one. */
    @Property
    void shouldTellASuccessorWhatIsOpen(
            @ForAll @Size(max = 60) List<@IntRange(min = 1, max = 5) Integer> distances,
            @ForAll @Size(max = 60) Set<@IntRange(max = 59) Integer> done,
            @ForAll @IntRange(max = 60) int readAgain) {
        List<Long> offsets = new ArrayList<>();
        long at = 1_000;
        PartitionProgress progress = PartitionProgress.at(at);
        TreeSet<Long> open = new TreeSet<>();
        for (int distance : distances) {
            at += distance;
            offsets.add(at);
            progress.take(at);
            open.add(at);
        }
        for (int index : done) {
            if (index < offsets.size()) {
                progress.done(offsets.get(index));
                open.remove(offsets.get(index));
            }
        }
        PartitionProgress successor = restored(progress);
        List<Long> from = offsets.stream()
                .filter(offset -> offset >= progress.commit().offset())
                .toList();
        List<Long> read = from.subList(0, Math.min(readAgain, from.size()));
        for (long offset : read) {
            assertThat(successor.take(offset)).isEqualTo(open.contains(offset));
        }
        assertThat(successor.commit()).as("before anything is done").isEqualTo(progress.commit());

        PartitionProgress last = restored(successor);
        for (long offset : from) {
            assertThat(last.take(offset)).isEqualTo(open.contains(offset));
        }
        assertThat(last.take(at + 1)).as("what came since").isTrue();
    }
}
