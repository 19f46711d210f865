package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeLeftTest {
    private final AtomicLong nanos = new AtomicLong(-7);
    private final TimeLeft left = new TimeLeft(nanos::get);

    private void pass(double seconds) {
        nanos.addAndGet((long) (TimeUnit.SECONDS.toNanos(1) * seconds));
    }

    @Test
    void shouldGoByTheEpochsThatThereWere() {
        left.begins(List.of(5L), 10, 1);
        assertThat(left.after(0, 1)).isEmpty();
        pass(4);
        assertThat(left.after(0, 2)).hasValue(34); // eight epochs, and trees: 4 % of ten
        pass(6);
        assertThat(left.after(0, 3)).hasValue(37);
    }

    /** Two of ten epochs are over of the first and none of the others, of which the last costs half. */
    @Test
    void shouldCountNetworksThatWaitForAThread() {
        left.begins(List.of(10L, 10L, 5L), 10, 2);
        left.after(0, 1);
        left.after(1, 1);
        pass(10);
        left.after(0, 2);
        assertThat(left.after(1, 2)).hasValue(80 + 50 + 6);
    }

    @Test
    void shouldFollowAMachineThatBecomesBusy() {
        left.begins(List.of(1L), 100, 1);
        int epoch = 1;
        left.after(0, epoch++);
        for (; epoch <= 30; epoch++) {
            pass(1);
            left.after(0, epoch);
        }
        for (; epoch < 40; epoch++) {
            pass(3);
            left.after(0, epoch);
        }
        pass(3);
        assertThat(left.after(0, epoch)).hasValue(60 * 3 + 12);
    }

    @Test
    void shouldGoOnFromACheckpoint() {
        left.begins(List.of(1L, 1L), 10, 1);
        left.resumed(0, 10);
        left.resumed(1, 5);
        pass(7);
        assertThat(left.after(1, 6)).hasValue(4 * 7 + 6);
    }

    /** The trees and questions of the first training say what those of the second will take. */
    @Test
    void shouldCountTrainingsToCome() {
        left.trainings(4);
        left.ends(); // read back
        left.begins(List.of(1L), 10, 1);
        for (int epoch = 1; epoch < 10; epoch++) {
            left.after(0, epoch);
            pass(10);
        }
        assertThat(left.after(0, 10)).hasValue(4 + 2 * (100 + 4));
        pass(30);
        left.ends();

        left.begins(List.of(1L), 10, 1);
        left.after(0, 1);
        pass(10);
        assertThat(left.after(0, 2)).hasValue(80 + 30 + 100 + 30);
    }

    @Test
    void shouldSayItInWords() {
        assertThat(TimeLeft.inWords(119)).isEqualTo("119 s");
        assertThat(TimeLeft.inWords(131)).isEqualTo("2 min");
        assertThat(TimeLeft.inWords(45 * 60 + 31)).isEqualTo("46 min");
        assertThat(TimeLeft.inWords(3 * 3600 + 20 * 60)).isEqualTo("3 h 20 min");
    }

    /**
     * Five networks on two threads as trainings went on two quiet cores and beside other work: seconds of an epoch of each, alone on
     * both threads a tenth less. All that is said after the first two epochs is right to 20 %, or to a minute in the end.
     */
    @ParameterizedTest
    @CsvSource({"5.3,3.0,60", "10.5,5.5,80", "11.3,6.3,150"})
    void shouldBeRightToAFifth(double pictureSeconds, double sequenceSeconds, double tailSeconds) {
        double[] seconds = {
            pictureSeconds, pictureSeconds * 0.97, pictureSeconds, pictureSeconds * 1.05, sequenceSeconds
        };
        Simulated training = new Simulated(seconds, 110, 2);
        left.begins(List.of(8_300L, 8_200L, 8_200L, 8_800L, 4_300L), 110, 2);
        List<double[]> said = new ArrayList<>();
        training.run((member, epoch, atSeconds) -> {
            nanos.set((long) (atSeconds * 1e9));
            OptionalLong now = left.after(member, epoch);
            if (now.isPresent()) {
                said.add(new double[] {atSeconds, now.getAsLong()});
            }
        });
        double end = training.endSeconds + tailSeconds;
        assertThat(said).hasSizeGreaterThan(500).allSatisfy(one -> {
            double really = end - one[0];
            assertThat(Math.abs(one[1] - really)).isLessThan(Math.max(60, 0.2 * really));
        });
    }

    private interface Epochs {
        void ended(int member, int epoch, double atSeconds);
    }

    /** Networks that take the threads in turn, and run faster where one has them all. */
    private static final class Simulated {
        private final double[] seconds;
        private final int epochs;
        private final int threads;
        private double endSeconds;

        /** @param seconds that an epoch of each takes beside another */
        private Simulated(double[] seconds, int epochs, int threads) {
            this.seconds = seconds;
            this.epochs = epochs;
            this.threads = threads;
        }

        private void run(Epochs told) {
            double[] leftOfEpoch = seconds.clone();
            int[] epoch = new int[seconds.length];
            while (true) {
                List<Integer> running = IntStream.range(0, seconds.length)
                        .filter(member -> epoch[member] < epochs)
                        .limit(threads)
                        .boxed()
                        .toList();
                if (running.isEmpty()) {
                    return;
                }
                int next = running.stream()
                        .min(Comparator.comparingDouble(member -> leftOfEpoch[member]))
                        .orElseThrow();
                double work = leftOfEpoch[next];
                endSeconds += running.size() < threads ? 0.9 * work : work;
                running.forEach(member -> leftOfEpoch[member] -= work);
                leftOfEpoch[next] = seconds[next];
                told.ended(next, ++epoch[next], endSeconds);
            }
        }
    }
}
