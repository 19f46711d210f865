package io.undertone.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.conversation.Spurts.Spurt;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Slots of 100 ms. */
class SpurtsTest {
    /** A leg's stretches, given as their first slots and the slots behind their last. */
    private static List<Spurt> leg(int leg, int... edges) {
        List<Spurt> spurts = new ArrayList<>();
        for (int i = 0; i < edges.length; i += 2) {
            spurts.add(new Spurt(leg, edges[i], edges[i + 1]));
        }
        return spurts;
    }

    @Test
    void shouldFindStretchesOfTalk() {
        BitSet talk = new BitSet();
        talk.set(0, 3);
        talk.set(5);
        talk.set(7, 9);

        assertThat(Spurts.of(1, talk)).isEqualTo(leg(1, 0, 3, 5, 6, 7, 9));
        assertThat(Spurts.of(1, new BitSet())).isEmpty();
    }

    @Test
    void shouldCountWhoCutsAnotherShort() {
        assertThat(Spurts.interruptions(List.of(leg(0, 0, 20), leg(1, 15, 40)))).containsExactly(0, 1);
    }

    @Test
    void shouldNotCallItAnInterruptionWhereTheOtherGoesOn() {
        assertThat(Spurts.interruptions(List.of(leg(0, 0, 60), leg(1, 15, 40))))
                .as("the first talks on to the end")
                .containsExactly(0, 0);
        assertThat(Spurts.interruptions(List.of(leg(0, 0, 20), leg(1, 15, 24))))
                .as("nine slots are no more than a yes")
                .containsExactly(0, 0);
        assertThat(Spurts.interruptions(List.of(leg(0, 0, 20), leg(1, 0, 40))))
                .as("both begin at once")
                .containsExactly(0, 0);
        assertThat(Spurts.interruptions(List.of(leg(0, 0, 20), leg(1, 20, 40))))
                .as("the first is done")
                .containsExactly(0, 0);
    }

    @Test
    void shouldCountAnInterruptionOfTwoOthersOnce() {
        assertThat(Spurts.interruptions(List.of(leg(0, 0, 20), leg(1, 2, 19), leg(2, 15, 40))))
                .containsExactly(0, 0, 1);
    }

    @Test
    void shouldLetAMonologueGoOnOverShortPausesAndShortWords() {
        assertThat(Spurts.monologues(List.of(leg(0, 0, 50, 60, 100), leg(1, 52, 55))))
                .containsExactly(100, 3);
    }

    @Test
    void shouldEndAMonologueWhereTheOtherTakesTheFloorOrNobodyTalks() {
        assertThat(Spurts.monologues(List.of(leg(0, 0, 50, 70, 100), leg(1, 52, 62))))
                .as("a second by another")
                .containsExactly(50, 10);
        assertThat(Spurts.monologues(List.of(leg(0, 0, 50, 80, 100))))
                .as("three seconds of silence")
                .containsExactly(50);
        assertThat(Spurts.monologues(List.of(leg(0, 0, 50, 79, 100))))
                .as("less than that")
                .containsExactly(100);
    }
}
