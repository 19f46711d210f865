package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing lost, nothing doubled, whatever dies. The short form is one of the ordinary tests; the long one is {@code mvn -Pchaos
 * verify}, with {@code -Dchaos.kills}, {@code -Dchaos.seed}, {@code -Dchaos.minutes} and {@code -Dchaos.session.ms}.
 */
class ChaosIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @BeforeAll
    static void needsTheDefaultBundle() {
        DefaultBundle.isNeeded();
    }

    @Test
    void shouldLoseAndDoubleNothingWhenProcessesAreKilled() throws Exception {
        run(new ChaosPlan(
                Long.getLong("chaos.seed", 20_261_122),
                Map.of(
                        Fault.KILL_THE_ONLY_ONE, 2,
                        Fault.KILL_ONE_OF_TWO, 2,
                        Fault.KILL_DURING_START, 1,
                        Fault.RESTART_BROKER, 1,
                        Fault.PAUSE, 1,
                        Fault.SCALE_DOWN, 1),
                8,
                50,
                2_000,
                0));
    }

    /** Exactly once and scaling where the brokers assign the work (KIP-1071). */
    @Test
    void shouldLoseAndDoubleNothingUnderTheProtocolStreams() throws Exception {
        run(new ChaosPlan(
                Long.getLong("chaos.seed", 20_261_128),
                Map.of(
                        Fault.KILL_THE_ONLY_ONE, 1,
                        Fault.SCALE_UP, 1,
                        Fault.KILL_ONE_OF_TWO, 1,
                        Fault.SCALE_DOWN, 1),
                0,
                8,
                20,
                2_000,
                0,
                "streams"));
    }

    /** What is on the line goes on without a registry; an instance that starts meanwhile says why it cannot. */
    @Test
    @Tag("chaos")
    void shouldLoseAndDoubleNothingWhileTheRegistryIsDown() throws Exception {
        run(new ChaosPlan(
                Long.getLong("chaos.seed", 20_261_128),
                Map.of(Fault.REGISTRY_DOWN, 2, Fault.KILL_ONE_OF_TWO, 1),
                8,
                20,
                2_000,
                0));
    }

    /** For each 100 kills, ten of each fault that is none, at least. */
    @Test
    @Tag("chaos")
    void shouldLoseAndDoubleNothingInALongRun() throws Exception {
        int kills = Integer.getInteger("chaos.kills", 200);
        int others = Math.max(1, (kills + 9) / 10);
        run(new ChaosPlan(
                Long.getLong("chaos.seed", System.currentTimeMillis()),
                Map.of(
                        Fault.KILL_THE_ONLY_ONE, Math.max(1, kills * 4 / 10),
                        Fault.KILL_ONE_OF_TWO, Math.max(1, kills * 3 / 10),
                        Fault.KILL_DURING_START, others,
                        Fault.DELETE_STATE, others,
                        Fault.RESTART_BROKER, others,
                        Fault.PAUSE, others,
                        Fault.SCALE_UP, others,
                        Fault.SCALE_DOWN, others,
                        Fault.FILL_DISK, others),
                12,
                50,
                Integer.getInteger("chaos.session.ms", 2_000),
                60_000L * Integer.getInteger("chaos.minutes", 0)));
    }

    /**
     * Kills that come fast, with {@code -Dchaos.storm=1000}: crash loops, all instances at once, heirs that die as they take over. For
     * each of ten kills at most one fault is none. Fails where it does not come to so many.
     */
    @Test
    @Tag("chaos")
    @EnabledIfSystemProperty(named = "chaos.storm", matches = "[0-9]+")
    void shouldLoseAndDoubleNothingInAStormOfKills() throws Exception {
        run(new ChaosPlan(
                Long.getLong("chaos.seed", System.currentTimeMillis()),
                Map.ofEntries(
                        Map.entry(Fault.CRASH_LOOP, 10),
                        Map.entry(Fault.KILL_ALL, 8),
                        Map.entry(Fault.KILL_THE_HEIR, 5),
                        Map.entry(Fault.ROLLING_KILLS, 2),
                        Map.entry(Fault.KILL_THE_ONLY_ONE, 4),
                        Map.entry(Fault.KILL_ONE_OF_TWO, 4),
                        Map.entry(Fault.KILL_DURING_START, 2),
                        Map.entry(Fault.DELETE_STATE, 1),
                        Map.entry(Fault.RESTART_BROKER, 1),
                        Map.entry(Fault.PAUSE, 1),
                        Map.entry(Fault.SCALE_DOWN, 1)),
                Integer.getInteger("chaos.storm", 0),
                12,
                50,
                Integer.getInteger("chaos.session.ms", 2_000),
                60_000L * Integer.getInteger("chaos.minutes", 0),
                System.getProperty("chaos.protocol", "classic")));
    }

    /** Under the program's own timeouts, with {@code -Dchaos.recovery=true}: the report says after how long new events came. */
    @Test
    @Tag("chaos")
    @EnabledIfSystemProperty(named = "chaos.recovery", matches = "true")
    void shouldLoseAndDoubleNothingUnderItsOwnTimeouts() throws Exception {
        run(new ChaosPlan(Long.getLong("chaos.seed", 20_261_122), Map.of(Fault.KILL_THE_ONLY_ONE, 4), 8, 20, 0, 0));
    }

    /** Transactions that are open as the broker goes down: aborted too soon after it is back, they would get no marker and hang. */
    @Test
    @Tag("chaos")
    void shouldLeaveNoTransactionHangingWhenTheBrokerRestartsAgainAndAgain() throws Exception {
        ChaosPlan plan = new ChaosPlan(
                Long.getLong("chaos.seed", 20_261_122),
                Map.of(Fault.RESTART_BROKER, 14, Fault.KILL_THE_ONLY_ONE, 3),
                8,
                50,
                2_000,
                0);
        try (ChaosRun chaos = new ChaosRun(folder, plan)) {
            List<String> wrong = chaos.run();
            assertThat(wrong).as("seed " + plan.seed() + ", logs in " + folder).isEmpty();
            assertThat(chaos.hung()).isZero();
        }
    }

    private void run(ChaosPlan plan) throws Exception {
        try (ChaosRun chaos = new ChaosRun(folder, plan)) {
            List<String> wrong = chaos.run();
            assertThat(wrong).as("seed " + plan.seed() + ", logs in " + folder).isEmpty();
        }
    }
}
