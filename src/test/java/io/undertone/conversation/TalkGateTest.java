package io.undertone.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.Role;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TalkGateTest {
    private static String talk(String picture) {
        LegTrack leg = Tracks.of(Role.AGENT, 0, picture);
        StringBuilder talk = new StringBuilder();
        for (int slot = 0; slot < leg.slots(); slot++) {
            talk.append(TalkGate.talk(leg).get(slot) ? '#' : '.');
        }
        return talk.toString();
    }

    @Test
    void shouldTellTalkFromTheLine() {
        assertThat(talk("-----#####+++##-----")).isEqualTo(".....##########.....");
    }

    @Test
    void shouldTakeShortPausesForTalkAndLongOnesNot() {
        assertThat(talk("----##---##----##---")).isEqualTo("....#######....##...");
    }

    @Test
    void shouldPassOverClicks() {
        assertThat(talk("----#-----#----##---")).isEqualTo("...............##...");
    }

    @Test
    void shouldHearDigitalSilenceAndWhatDidNotComeAsPauses() {
        assertThat(talk("00000####00000###000")).isEqualTo(".....####.....###...");
        assertThat(talk("####          ####--")).isEqualTo("####..........####..");
    }

    @Test
    void shouldHearNobodyInNoiseInSilenceAndInWhatIsTooQuiet() {
        Random random = new Random(1);
        byte[] noise = new byte[1_000];
        byte[] quiet = new byte[1_000];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = Tracks.level(-30 + random.nextGaussian());
            quiet[i] = Tracks.level(i % 100 < 50 ? -58 : -90);
        }
        assertThat(TalkGate.talk(new LegTrack(Role.AGENT, 0, noise)).isEmpty()).isTrue();
        assertThat(TalkGate.talk(new LegTrack(Role.AGENT, 0, quiet)).isEmpty()).isTrue();
        assertThat(talk("0000000000")).doesNotContain("#");
        assertThat(talk("          ")).doesNotContain("#");
    }

    @Test
    void shouldNotCareForGain() {
        byte[] levels = new byte[600];
        byte[] louder = new byte[600];
        Random random = new Random(2);
        for (int i = 0; i < levels.length; i++) {
            double db = i / 30 % 3 == 0 ? -40 + 6 * random.nextDouble() : -75 + 3 * random.nextGaussian();
            levels[i] = Tracks.level(db);
            louder[i] = (byte) (levels[i] + 2 * 18);
        }
        assertThat(TalkGate.talk(new LegTrack(Role.AGENT, 0, louder)))
                .isEqualTo(TalkGate.talk(new LegTrack(Role.AGENT, 0, levels)));
        assertThat(TalkGate.talk(new LegTrack(Role.AGENT, 0, levels)).cardinality())
                .isEqualTo(210);
    }

    /** Who says a few words in a long call is heard: 12 s of ten minutes. */
    @Test
    void shouldHearWhoHardlyTalks() {
        String picture = "-".repeat(3_000) + "#".repeat(120) + "-".repeat(2_880);

        assertThat(talk(picture).chars().filter(letter -> letter == '#')).hasSize(120);
    }
}
