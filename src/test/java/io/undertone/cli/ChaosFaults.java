package io.undertone.cli;

import io.undertone.registry.StubRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What each {@link Fault} does. Each begins with at least one instance and leaves at least one; new events may still be on their way. */
final class ChaosFaults implements AutoCloseable {
    private final Path folder;
    private final ChaosPlan plan;
    private final Random random;
    private final Instances instances;
    private final BrokerProcess broker;
    /** Null where none is planned. */
    private final StubRegistry registry;

    private final ExactlyOnceVerifier verifier;
    private final ChaosLog log;
    private final List<Long> recoveriesMs = new ArrayList<>();
    private SmallDisk smallDisk;

    ChaosFaults(
            Path folder,
            ChaosPlan plan,
            Random random,
            Instances instances,
            BrokerProcess broker,
            StubRegistry registry,
            ExactlyOnceVerifier verifier,
            ChaosLog log) {
        this.folder = folder;
        this.plan = plan;
        this.random = random;
        this.instances = instances;
        this.broker = broker;
        this.registry = registry;
        this.verifier = verifier;
        this.log = log;
    }

    /** Does it; false where this machine cannot. */
    boolean apply(Fault fault) throws Exception {
        switch (fault) {
            case KILL_THE_ONLY_ONE -> killTheOnlyOne();
            case KILL_ONE_OF_TWO -> killOneOfTwo();
            case KILL_DURING_START -> killDuringStart();
            case KILL_ALL -> killAll();
            case CRASH_LOOP -> crashLoop();
            case KILL_THE_HEIR -> killTheHeir();
            case ROLLING_KILLS -> rollingKills();
            case DELETE_STATE -> deleteState();
            case RESTART_BROKER -> restartBroker();
            case PAUSE -> pauseOne();
            case SCALE_UP -> instances.awaitReady(instances.startOne());
            case SCALE_DOWN -> scaleDown();
            case REGISTRY_DOWN -> registryDown();
            case FILL_DISK -> {
                return fillDisk();
            }
        }
        return true;
    }

    private void killTheOnlyOne() throws Exception {
        instances.atMost(1);
        ServeProcess victim = instances.takeAny();
        long at = System.currentTimeMillis();
        instances.kill(victim);
        instances.startAgain(victim);
        awaitEventAfter(at, "a kill");
        recoveriesMs.add(System.currentTimeMillis() - at);
    }

    private void killOneOfTwo() throws Exception {
        instances.atLeast(2);
        ServeProcess victim = instances.takeAny();
        instances.kill(victim);
        pauseUpTo(2 * plan.effectiveSessionMs());
        instances.startAgain(victim);
    }

    private void killDuringStart() throws Exception {
        ServeProcess victim = instances.takeAny();
        instances.kill(victim);
        victim = instances.again(victim);
        ChaosRun.pause(100 + random.nextInt(5_000));
        instances.kill(victim);
        instances.startAgain(victim);
    }

    /** Two or three of them, wherever they are in their start. */
    private void killAll() throws Exception {
        int count = 2 + random.nextInt(2);
        while (instances.all().size() < count) {
            instances.startOne();
        }
        pauseUpTo(8_000);
        List<ServeProcess> victims = instances.takeAll();
        instances.kill(victims);
        for (ServeProcess victim : victims) {
            instances.startAgain(victim);
        }
    }

    /** Nobody works meanwhile, but in the moments between two kills. */
    private void crashLoop() throws Exception {
        instances.atMost(1);
        ServeProcess victim = instances.takeAny();
        for (int kills = 6 + random.nextInt(7); kills > 0; kills--) {
            instances.kill(victim);
            victim = instances.again(victim);
            // Short ones hit its start, long ones the restoring of its state and its first transactions.
            ChaosRun.pause(200 + random.nextInt(random.nextBoolean() ? 2_500 : 7_500));
        }
        instances.kill(victim);
        instances.startAgain(victim);
    }

    private void killTheHeir() throws Exception {
        instances.atLeast(2);
        ServeProcess first = instances.takeAny();
        instances.kill(first);
        pauseUpTo(plan.effectiveSessionMs() + 2_000);
        ServeProcess heir = instances.takeAny();
        instances.kill(heir);
        instances.startAgain(heir);
        pauseUpTo(2_000);
        instances.startAgain(first);
    }

    private void rollingKills() throws Exception {
        instances.atLeast(2);
        for (int turn = 0; turn < 4; turn++) {
            ServeProcess victim = instances.all().get(0);
            long at = System.currentTimeMillis();
            instances.take(victim);
            instances.kill(victim);
            instances.startAgain(victim);
            awaitEventAfter(at, "a kill by turns");
        }
    }

    private void deleteState() throws Exception {
        ServeProcess victim = instances.takeAny();
        if (random.nextBoolean()) {
            instances.kill(victim);
        } else {
            instances.end(victim);
        }
        deleteFolder(victim.state());
        instances.startAgain(victim);
    }

    private void restartBroker() throws Exception {
        if (random.nextBoolean()) {
            broker.program().kill();
        } else {
            broker.program().stop();
            if (!broker.program().awaitEnd(60)) {
                log.note("the broker did not stop within 60 s and was killed");
                broker.program().kill();
            }
        }
        pauseUpTo(3_000);
        broker.start();
    }

    private void pauseOne() throws Exception {
        ServeProcess victim = instances.any();
        victim.program().pause();
        ChaosRun.pause(plan.effectiveSessionMs() + 1_000 + random.nextInt(3_000));
        victim.program().goOn();
    }

    private void scaleDown() throws Exception {
        instances.atLeast(2);
        instances.end(instances.takeAny());
    }

    private void registryDown() throws Exception {
        registry.down(true);
        pauseUpTo(2_000);
        killDuringStart();
        ChaosRun.pause(5_000 + random.nextInt(5_000));
        registry.down(false);
    }

    /** False where this machine lets nobody mount a disk. */
    private boolean fillDisk() throws Exception {
        if (smallDisk == null) {
            smallDisk = SmallDisk.mount(folder.resolve("disk"));
        }
        if (smallDisk == null) {
            log.note("FILL_DISK was left out: this user may not mount a small disk");
            return false;
        }
        ServeProcess victim = instances.startOn(smallDisk);
        instances.awaitReady(victim);
        smallDisk.fill();
        ChaosRun.pause(500 + random.nextInt(2_000));
        instances.take(victim);
        if (victim.program().isAlive() && random.nextBoolean()) {
            instances.kill(victim);
        } else {
            instances.end(victim);
        }
        ServeProcess full = instances.again(victim);
        instances.await(
                "an instance that starts on a full disk is ready or says why not",
                () -> full.isReady() || !full.program().isAlive());
        pauseUpTo(1_000);
        smallDisk.free();
        if (full.program().isAlive()) {
            instances.end(full);
        } else {
            log.note("on a full disk: " + Instances.lastLine(full));
        }
        deleteFolder(victim.state());
        return true;
    }

    private void awaitEventAfter(long ms, String what) throws Exception {
        instances.await("an event after " + what, () -> verifier.hasEventMadeAfter(ms));
    }

    private void pauseUpTo(int ms) throws InterruptedException {
        ChaosRun.pause(random.nextInt(ms));
    }

    private static void deleteFolder(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    /** From a kill of the only instance to the first new event, ascending. */
    List<Long> recoveriesMs() {
        return recoveriesMs.stream().sorted().toList();
    }

    @Override
    public void close() throws Exception {
        if (smallDisk != null) {
            smallDisk.close();
        }
    }
}
