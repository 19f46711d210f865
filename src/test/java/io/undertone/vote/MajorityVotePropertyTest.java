package io.undertone.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.inference.Probabilities;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

class MajorityVotePropertyTest {
    /** Voters' probabilities over four labels, in quarters so that ties are common. */
    @Provide
    Arbitrary<List<List<Integer>>> ballots() {
        Arbitrary<List<Integer>> row = Arbitraries.integers()
                .between(0, 4)
                .list()
                .ofSize(4)
                .filter(quarters ->
                        quarters.stream().mapToInt(Integer::intValue).sum() == 4);
        return row.list().ofMinSize(1).ofMaxSize(7);
    }

    @Property(tries = 300)
    void shouldHoldItsRules(
            @ForAll("ballots") List<List<Integer>> ballots,
            @ForAll @DoubleRange(min = 0.2, max = 5) double temperature) {
        Verdict verdict = decide(ballots, temperature);

        double sum = verdict.probabilities().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        assertThat(sum).isCloseTo(1, within(1e-9));
        assertThat(verdict.probabilities().keySet()).containsExactly("l0", "l1", "l2", "l3");
        assertThat(verdict.confidence()).isEqualTo(verdict.probabilities().get(verdict.label()));
        long own = votesFor(verdict, verdict.label());
        assertThat(verdict.agreement()).isEqualTo((double) own / ballots.size());
        for (String other : verdict.probabilities().keySet()) {
            long votes = votesFor(verdict, other);
            assertThat(votes).isLessThanOrEqualTo(own);
            if (votes == own) {
                double likelier = verdict.probabilities().get(other);
                assertThat(likelier).isLessThanOrEqualTo(verdict.confidence() + 1e-9);
                if (Math.abs(likelier - verdict.confidence()) < 1e-12) {
                    assertThat(verdict.label()).isLessThanOrEqualTo(other);
                }
            }
        }
    }

    @Property(tries = 200)
    void shouldNotDependOnTheOrderOfVoters(@ForAll("ballots") List<List<Integer>> ballots, @ForAll Random random) {
        List<List<Integer>> shuffled = new ArrayList<>(ballots);
        Collections.shuffle(shuffled, random);

        Verdict first = decide(ballots, 1.3);
        Verdict second = decide(shuffled, 1.3);

        assertThat(second.label()).isEqualTo(first.label());
        assertThat(second.agreement()).isEqualTo(first.agreement());
        assertThat(second.confidence()).isCloseTo(first.confidence(), within(1e-9));
    }

    @Property(tries = 200)
    void shouldKeepTheOrderOfProbabilitiesAtAnyTemperature(
            @ForAll("ballots") List<List<Integer>> ballots,
            @ForAll @DoubleRange(min = 0.2, max = 5) double temperature) {
        Verdict plain = decide(ballots, 1);
        Verdict scaled = decide(ballots, temperature);

        assertThat(scaled.label()).isEqualTo(plain.label());
        for (String a : plain.probabilities().keySet()) {
            for (String b : plain.probabilities().keySet()) {
                if (plain.probabilities().get(a) > plain.probabilities().get(b) + 1e-9) {
                    assertThat(scaled.probabilities().get(a))
                            .isGreaterThanOrEqualTo(scaled.probabilities().get(b));
                }
            }
        }
    }

    private static long votesFor(Verdict verdict, String label) {
        return verdict.votes().stream()
                .filter(vote -> vote.label().equals(label))
                .count();
    }

    private static Verdict decide(List<List<Integer>> ballots, double temperature) {
        Probabilities probabilities = new Probabilities(ballots.size(), 4);
        probabilities.reset(1);
        for (int voter = 0; voter < ballots.size(); voter++) {
            for (int label = 0; label < 4; label++) {
                probabilities.set(0, voter, label, ballots.get(voter).get(label) / 4f);
            }
        }
        List<String> voters =
                IntStream.range(0, ballots.size()).mapToObj(i -> "v" + i).toList();
        return new MajorityVote(voters, List.of("l0", "l1", "l2", "l3"), temperature).decide(probabilities, 0);
    }
}
