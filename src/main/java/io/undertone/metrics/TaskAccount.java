package io.undertone.metrics;

import io.undertone.DeadLetterReason;
import io.undertone.metrics.StageMetrics.DropCause;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What became of the records that one task took, counted for its stage. A record is open from the moment it is taken until it is
 * used, dropped or a dead letter. A task that is given up (its producer was fenced, its partition went elsewhere, the process stops)
 * hands over what is open: the next owner of the partition takes it again. Three taken, one used, then given up: two handed over. Not thread-safe;
 * for the task's thread alone.
 */
public final class TaskAccount {
    private final StageMetrics metrics;
    private final AtomicInteger openInProcess;
    private int open;

    /** An account without a metric of open records. */
    public TaskAccount(StageMetrics metrics) {
        this(metrics, new AtomicInteger());
    }

    /**
     * An account.
     *
     * @param openInProcess open records of the whole process: this account adds its own and takes them away again
     */
    public TaskAccount(StageMetrics metrics, AtomicInteger openInProcess) {
        this.metrics = metrics;
        this.openInProcess = openInProcess;
    }

    public void taken() {
        metrics.countTaken();
        add(1);
    }

    public void used() {
        metrics.countUsed();
        add(-1);
    }

    public void dropped(DropCause cause) {
        metrics.countDropped(cause);
        add(-1);
    }

    public void dead(DeadLetterReason reason) {
        metrics.countDead(reason);
        add(-1);
    }

    /** Gives up what is open. Does nothing the second time. */
    public void handOver() {
        metrics.countHandedOver(open);
        add(-open);
    }

    private void add(int records) {
        open += records;
        openInProcess.addAndGet(records);
    }
}
