package io.undertone.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the remaining time of a run of trainings. Networks share the threads: of five on two threads, the third begins where the first ends.
 * Each remaining epoch is assumed to take as long as the network's last {@value #PACE_EPOCHS}; networks not begun use the others' pace, by
 * cost. Trees and evaluation follow the networks, and further trainings take as long as this one. With 4 epochs of 10 s left of one
 * network, and two others of 10 epochs not begun, two threads take 140 s: one begins at once, the other after 40 s. Not
 * thread-safe.
 */
final class TimeLeft {
    /** Epochs that the pace is averaged over: few, to follow changing load on the machine. */
    private static final int PACE_EPOCHS = 10;

    /** Time of trees and evaluation as a share of the networks' time, until a training has been measured. */
    private static final double FIRST_TAIL = 0.04;

    private static final long SECONDS_PER_MINUTE = 60;
    private static final long MINUTES_PER_HOUR = 60;

    private final LongSupplier nanoClock;
    private final List<Member> members = new ArrayList<>();
    private int trainings = 1;
    private int epochs;
    private int threads = 1;
    private @Nullable Long networksEndedAtNanos;
    private double tailNanos = Double.NaN;

    TimeLeft(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Sets the number of trainings of the run, including those restored from checkpoints. */
    void trainings(int count) {
        trainings = count;
    }

    /**
     * The networks of a training begin.
     *
     * @param costs relative cost of an epoch of each network
     * @param epochs of each network
     * @param threads that they share
     */
    void begins(List<Long> costs, int epochs, int threads) {
        this.epochs = epochs;
        this.threads = threads;
        members.clear();
        costs.forEach(cost -> members.add(new Member(cost)));
    }

    /** A network resumes after this epoch of an earlier run. */
    void resumed(int member, int epoch) {
        members.get(member).resumed(epoch, nanoClock.getAsLong());
    }

    /**
     * A network has finished an epoch, the first being 1.
     *
     * @return remaining seconds of the whole run; empty until an epoch has been timed
     */
    OptionalLong after(int member, int epoch) {
        long now = nanoClock.getAsLong();
        members.get(member).finished(epoch, now);
        if (members.stream().allMatch(one -> one.epoch == epochs)) {
            networksEndedAtNanos = now;
        }
        double perCost = perCost();
        if (Double.isNaN(perCost)) {
            return OptionalLong.empty();
        }
        double whole = laneTime(perCost, true, now);
        double tail = Double.isNaN(tailNanos) ? FIRST_TAIL * whole : tailNanos;
        double left = laneTime(perCost, false, now) + tail + Math.max(0, trainings - 1) * (whole + tail);
        return OptionalLong.of(Math.round(left / 1e9));
    }

    /** A training is finished and evaluated, or was restored. */
    void ends() {
        trainings--;
        if (networksEndedAtNanos != null) {
            tailNanos = nanoClock.getAsLong() - networksEndedAtNanos;
            networksEndedAtNanos = null;
        }
        members.clear();
    }

    /** Such as 50 s, 12 min or 3 h 20 min. */
    static String inWords(long seconds) {
        if (seconds < 2 * SECONDS_PER_MINUTE) {
            return seconds + " s";
        }
        long minutes = Math.round(seconds / (double) SECONDS_PER_MINUTE);
        return minutes < 2 * MINUTES_PER_HOUR
                ? minutes + " min"
                : minutes / MINUTES_PER_HOUR + " h " + minutes % MINUTES_PER_HOUR + " min";
    }

    /** Time per unit of cost, from the running networks, or from finished ones where none runs yet. */
    private double perCost() {
        List<Member> timed = members.stream()
                .filter(member -> !Double.isNaN(member.paceNanos()))
                .toList();
        List<Member> running =
                timed.stream().filter(member -> member.epoch < epochs).toList();
        return (running.isEmpty() ? timed : running)
                .stream()
                        .mapToDouble(member -> member.paceNanos() / member.cost)
                        .average()
                        .orElse(Double.NaN);
    }

    /**
     * Time until the last network is finished.
     *
     * @param anew whether to assume that none has begun
     */
    private double laneTime(double perCost, boolean anew, long now) {
        PriorityQueue<Double> lanes = new PriorityQueue<>();
        for (int lane = 0; lane < threads; lane++) {
            lanes.add(0.0);
        }
        double last = 0;
        for (Member member : members) {
            double pace = member.paceNanos();
            double epochNanos = Double.isNaN(pace) ? perCost * member.cost : pace;
            double needs = anew ? epochs * epochNanos : member.leftNanos(epochs, epochNanos, now);
            if (needs > 0) {
                double end = lanes.remove() + needs;
                lanes.add(end);
                last = Math.max(last, end);
            }
        }
        return last;
    }

    /** One network of the training. */
    private static final class Member {
        private final long cost;
        /** When its last epochs ended, the latest last. */
        private final Deque<Long> ends = new ArrayDeque<>();

        private int epoch;

        private Member(long cost) {
            this.cost = cost;
        }

        private void resumed(int at, long now) {
            epoch = at;
            ends.add(now);
        }

        private void finished(int at, long now) {
            epoch = at;
            ends.add(now);
            if (ends.size() > PACE_EPOCHS + 1) {
                ends.remove();
            }
        }

        /** Mean time of an epoch; NaN where none was timed. */
        private double paceNanos() {
            return ends.size() < 2 ? Double.NaN : (double) (ends.getLast() - ends.getFirst()) / (ends.size() - 1);
        }

        private double leftNanos(int epochs, double epochNanos, long now) {
            double sinceEpoch = ends.isEmpty() ? 0 : Math.min(epochNanos, now - ends.getLast());
            return Math.max(0, (epochs - epoch) * epochNanos - sinceEpoch);
        }
    }
}
