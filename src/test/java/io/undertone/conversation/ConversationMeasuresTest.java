package io.undertone.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationMeasuresTest {
    private static ConversationMeasures seconds(String customer, String agent) {
        return ConversationMeasures.of(
                List.of(Tracks.seconds(Role.AGENT, agent), Tracks.seconds(Role.CUSTOMER, customer)));
    }

    private static RoleTalk of(Role role, ConversationMeasures measures) {
        return measures.roles().stream()
                .filter(talk -> talk.role() == role)
                .findFirst()
                .orElseThrow();
    }

    /** The example of the documentation. */
    @Test
    void shouldMeasureACall() {
        ConversationMeasures measures = seconds("####-----#----", "---#####------");

        assertThat(measures.startedAtMs()).isEqualTo(Tracks.FIRST_SLOT * 100);
        assertThat(measures.durationMs()).isEqualTo(14_000);
        assertThat(measures.roles())
                .containsExactly(
                        new RoleTalk(
                                Role.CUSTOMER,
                                5_000,
                                0.5,
                                4_000,
                                0,
                                -20.0,
                                List.of(new TalkSpan(0, 4_000), new TalkSpan(9_000, 10_000))),
                        new RoleTalk(Role.AGENT, 5_000, 0.5, 5_000, 1, -20.0, List.of(new TalkSpan(3_000, 8_000))));
        assertThat(measures.silence()).isEqualTo(new Stretches(1, 4_000, 4_000));
        assertThat(measures.overlap()).isEqualTo(new Stretches(1, 1_000, 1_000));
        assertThat(measures.overlap().meanMs()).isEqualTo(1_000);
    }

    @Test
    void shouldJoinLegsThatBeginAndEndAtOtherTimes() {
        ConversationMeasures measures = ConversationMeasures.of(List.of(
                Tracks.of(Role.CUSTOMER, 50, "-".repeat(20) + "#".repeat(30)),
                Tracks.of(Role.AGENT, 0, "#".repeat(30) + "-".repeat(30))));

        assertThat(measures.startedAtMs()).isEqualTo(Tracks.FIRST_SLOT * 100);
        assertThat(measures.durationMs()).isEqualTo(10_000);
        assertThat(measures.silence()).isEqualTo(new Stretches(1, 4_000, 4_000));
        assertThat(measures.overlap()).isEqualTo(new Stretches(0, 0, 0));
        assertThat(measures.overlap().meanMs()).isZero();
    }

    @Test
    void shouldCountWhoCutsInAndGoesOn() {
        assertThat(of(Role.AGENT, seconds("#####------", "----####---")).interruptions())
                .isEqualTo(1);
        assertThat(of(Role.CUSTOMER, seconds("#####------", "----####---")).interruptions())
                .isZero();
        // Begins in between and ends first: the other was not cut short.
        assertThat(of(Role.AGENT, seconds("########---", "---###-----")).interruptions())
                .isZero();
        // Both begin at once.
        assertThat(of(Role.AGENT, seconds("---###-----", "---#####---")).interruptions())
                .isZero();
    }

    @Test
    void shouldNotTakeAWordForAnInterruption() {
        ConversationMeasures measures = ConversationMeasures.of(List.of(
                Tracks.of(Role.CUSTOMER, 0, "-".repeat(10) + "#".repeat(30) + "-".repeat(60)),
                Tracks.of(Role.AGENT, 0, "-".repeat(36) + "#".repeat(9) + "-".repeat(55))));

        assertThat(of(Role.AGENT, measures).interruptions()).isZero();
        assertThat(measures.overlap().count()).isEqualTo(1);
    }

    @Test
    void shouldFindTheLongestMonologue() {
        // A pause of 2 s and a word of the other do not break it, a pause of 3 s and a second of the other do.
        ConversationMeasures paused = seconds("-###--##---##--", "--------------#");
        assertThat(of(Role.CUSTOMER, paused).monologueMs()).isEqualTo(7_000);
        ConversationMeasures answered = seconds("-###-####------", "----#----------");
        assertThat(of(Role.CUSTOMER, answered).monologueMs()).isEqualTo(4_000);

        ConversationMeasures word = ConversationMeasures.of(List.of(
                Tracks.of(Role.CUSTOMER, 0, "-".repeat(10) + "#".repeat(30) + "-".repeat(10) + "#".repeat(20)),
                Tracks.of(Role.AGENT, 0, "-".repeat(41) + "#".repeat(6) + "-".repeat(23))));
        assertThat(of(Role.CUSTOMER, word).monologueMs()).isEqualTo(6_000);
        assertThat(of(Role.AGENT, word).monologueMs()).isEqualTo(600);
    }

    @Test
    void shouldMeasureACallOfOneLegAndOneOfNobody() {
        ConversationMeasures alone = ConversationMeasures.of(List.of(Tracks.seconds(Role.CUSTOMER, "--###-----")));
        assertThat(alone.roles())
                .containsExactly(
                        new RoleTalk(Role.CUSTOMER, 3_000, 1, 3_000, 0, -20.0, List.of(new TalkSpan(2_000, 5_000))));

        ConversationMeasures nobody = seconds("----------", "00000     ");
        assertThat(nobody.roles())
                .containsExactly(
                        new RoleTalk(Role.CUSTOMER, 0, 0, 0, 0, null, List.of()),
                        new RoleTalk(Role.AGENT, 0, 0, 0, 0, null, List.of()));
        assertThat(nobody.silence()).isEqualTo(new Stretches(1, 10_000, 10_000));
        assertThatThrownBy(() -> ConversationMeasures.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldMeanLoudnessByEnergy() {
        RoleTalk talk = ConversationMeasures.of(List.of(Tracks.of(Role.AGENT, 0, "----" + "#+".repeat(10) + "----")))
                .roles()
                .get(0);
        // 10 log10((1e-2 + 10^-2.6) / 2)
        assertThat(talk.levelDb()).isEqualTo(-22.0);
    }
}
