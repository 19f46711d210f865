package io.undertone.training.network;

import io.undertone.training.table.FeatureTable;
import io.undertone.training.table.RandomSplit;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Rows of a table as examples, one input per row: shuffled in each pass, or in order. */
public final class TableExamples implements Examples {
    private final FeatureTable table;
    private final boolean shuffled;

    private TableExamples(FeatureTable table, boolean shuffled) {
        this.table = table;
        this.shuffled = shuffled;
    }

    /** Shuffled in each pass, for training. */
    public static TableExamples shuffled(FeatureTable table) {
        return new TableExamples(table, true);
    }

    /** In the table's order, for measuring. */
    public static TableExamples inOrder(FeatureTable table) {
        return new TableExamples(table, false);
    }

    @Override
    public int size() {
        return table.size();
    }

    @Override
    public int inputSize() {
        return table.width();
    }

    @Override
    public int labels() {
        return table.classes();
    }

    @Override
    public Pass pass(long seed) {
        int[] order = shuffled
                ? RandomSplit.permutation(table.size(), new SplittableRandom(seed))
                : IntStream.range(0, table.size()).toArray();
        int[] at = {0};
        return batch -> {
            int count = Math.min(batch.capacity(), order.length - at[0]);
            batch.resize(count);
            Arrays.fill(batch.targets(), 0);
            for (int i = 0; i < count; i++) {
                int row = order[at[0]++];
                System.arraycopy(table.row(row), 0, batch.inputs(), i * table.width(), table.width());
                batch.frames()[i] = table.width();
                batch.targets()[i * table.classes() + table.label(row)] = 1;
            }
            return count > 0;
        };
    }
}
