package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.config.ConfigSources;
import io.undertone.config.UndertoneConfig;
import io.undertone.kafka.Cluster;
import io.undertone.kafka.Topics;
import io.undertone.registry.StubRegistry;
import io.undertone.window.LegSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A seeded run of faults against the real program in processes of its own and a real broker in another, while legs are spoken, and
 * the account of every leg in the end. The seed decides the faults, their order, their victims and the pauses between them; when
 * exactly within its work the program is hit, the machine decides.
 */
final class ChaosRun implements AutoCloseable {
    private static final long STUCK_MS = 150_000;

    /** Longer than any transaction may take: one that is open still is looked at as an operator would. */
    private static final long HANGING_MS = 40_000;

    /** A chunk that was overtaken is waited for as long as a broker may be gone between the two. */
    private static final LegSettings LEGS = new LegSettings(1_000, 10_000, 0.2);

    /**
     * How a run goes.
     *
     * @param seed of all that is random
     * @param faults how often each comes
     * @param legsAtOnce legs spoken side by side
     * @param minLegs least number of legs in all
     * @param sessionMs how long an instance may be silent before its work is given away; 0: the program's own default
     * @param maxMs no new fault begins after this; 0: all come
     * @param protocol of the groups: classic, or streams
     */
    record Plan(
            long seed,
            Map<Fault, Integer> faults,
            int legsAtOnce,
            int minLegs,
            int sessionMs,
            long maxMs,
            String protocol) {
        Plan {
            faults = new EnumMap<>(faults);
        }

        /** Under the protocol classic. */
        Plan(long seed, Map<Fault, Integer> faults, int legsAtOnce, int minLegs, int sessionMs, long maxMs) {
            this(seed, faults, legsAtOnce, minLegs, sessionMs, maxMs, "classic");
        }
    }

    private final Path folder;
    private final Plan plan;
    private final Random random;
    private final BrokerProcess broker;
    /** Null: records go without one. */
    private final StubRegistry registry;

    private final List<ServeProcess> instances = new ArrayList<>();
    private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
    private final List<Long> recoveriesMs = new ArrayList<>();
    private final List<String> endedByThemselves = new ArrayList<>();
    private final List<String> crashes = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final ExactlyOnceVerifier verifier;
    private final LegFeed feed;
    private final long startedMs = System.currentTimeMillis();
    private Path smallDisk;
    private int kills;
    private int starts;
    private int hung;

    ChaosRun(Path folder, Plan plan) throws Exception {
        this.folder = folder;
        this.plan = plan;
        this.random = new Random(plan.seed());
        this.broker = new BrokerProcess(folder);
        this.registry = plan.faults().containsKey(Fault.REGISTRY_DOWN) ? StubRegistry.start() : null;
        UndertoneConfig config = sources().set("topic.partitions=3").load();
        try (Cluster cluster = Cluster.reach(config, progress -> {})) {
            Topics.ensure(cluster, config);
        }
        this.verifier = new ExactlyOnceVerifier(sources());
        this.feed = new LegFeed(
                sources(), "leg-" + plan.seed() + "-", plan.seed(), plan.legsAtOnce(), plan.minLegs(), true, true);
    }

    private ConfigSources sources() {
        ConfigSources sources = new ConfigSources().bootstrapServers(broker.bootstrapServers());
        return registry == null ? sources : sources.set("schema.registry.url=" + registry.url());
    }

    /** Runs all of it; returns what was wrong in the end, with the account of the run in {@link #report}. */
    List<String> run() throws Exception {
        say("seed " + plan.seed() + ", faults " + plan.faults());
        instances.add(start("a"));
        awaitReady(instances.get(0));
        feed.start();
        long before = System.currentTimeMillis();
        await("the first event", () -> verifier.hasEventMadeAfter(before));
        List<String> wrong = new ArrayList<>();
        try {
            applyAll();
        } catch (AssertionError stuck) {
            // Work does not go on by itself, which is wrong; what became of the legs is to be known all the same.
            wrong.add(stuck.getMessage());
            say(stuck.getMessage() + "; all is started anew");
            startAllAnew();
        }
        revive();
        List<SpokenLeg> legs = feed.finish();
        awaitSummaries(legs.size());
        awaitConversations(legs.size());
        for (ServeProcess instance : instances) { // one revived last may still be starting
            awaitReady(instance);
        }
        wrong.addAll(verifier.verify(legs, LEGS, feed.startedAtMs()));
        wrong.addAll(crashes);
        wrong.addAll(countersThatDoNotAddUp());
        wrong.addAll(ends());
        report(legs);
        return wrong;
    }

    private void applyAll() throws Exception {
        for (Fault fault : shuffled()) {
            if (plan.maxMs() > 0 && System.currentTimeMillis() - startedMs > plan.maxMs()) {
                notes.add("ended by its time, before all faults had come");
                return;
            }
            pause(random.nextInt(800));
            revive();
            apply(fault);
        }
    }

    /** What an operator does in the end: the broker first, since others wait for it. */
    private void startAllAnew() throws Exception {
        for (ServeProcess instance : instances) {
            instance.program().kill();
        }
        broker.program().kill();
        broker.start();
        instances.replaceAll(this::again);
    }

    private List<Fault> shuffled() {
        List<Fault> faults = new ArrayList<>();
        plan.faults().forEach((fault, count) -> faults.addAll(Collections.nCopies(count, fault)));
        Collections.shuffle(faults, random);
        return faults;
    }

    private void apply(Fault fault) throws Exception {
        long at = System.currentTimeMillis();
        switch (fault) {
            case KILL_THE_ONLY_ONE -> killTheOnlyOne();
            case KILL_ONE_OF_TWO -> killOneOfTwo();
            case KILL_DURING_START -> killDuringStart();
            case DELETE_STATE -> deleteState();
            case RESTART_BROKER -> restartBroker();
            case PAUSE -> pauseOne();
            case SCALE_UP -> scaleUp();
            case SCALE_DOWN -> scaleDown();
            case REGISTRY_DOWN -> registryDown();
            case FILL_DISK -> {
                if (!fillDisk()) {
                    return;
                }
            }
        }
        long after = System.currentTimeMillis();
        await("an event after " + fault, () -> verifier.hasEventMadeAfter(after));
        done.merge(fault, 1, Integer::sum);
        say(fault + " took " + (System.currentTimeMillis() - at) + " ms, " + verifier.events() + " events, "
                + verifier.summaries() + " summaries");
    }

    private void killTheOnlyOne() throws Exception {
        atMost(1);
        ServeProcess victim = instances.remove(0);
        long at = kill(victim);
        instances.add(again(victim));
        await("an event after a kill", () -> verifier.hasEventMadeAfter(at));
        recoveriesMs.add(System.currentTimeMillis() - at);
    }

    private void killOneOfTwo() throws Exception {
        atLeast(2);
        ServeProcess victim = instances.remove(random.nextInt(instances.size()));
        kill(victim);
        pause(random.nextInt(2 * sessionMs()));
        instances.add(again(victim));
    }

    private void killDuringStart() throws Exception {
        ServeProcess victim = instances.remove(random.nextInt(instances.size()));
        kill(victim);
        victim = again(victim);
        pause(100 + random.nextInt(5_000));
        kill(victim);
        instances.add(again(victim));
    }

    private void deleteState() throws Exception {
        ServeProcess victim = instances.remove(random.nextInt(instances.size()));
        if (random.nextBoolean()) {
            kill(victim);
        } else {
            end(victim);
        }
        deleteFolder(victim.state());
        instances.add(again(victim));
    }

    private void restartBroker() throws Exception {
        if (random.nextBoolean()) {
            broker.program().kill();
        } else {
            broker.program().stop();
            if (!broker.program().awaitEnd(60)) {
                notes.add("the broker did not stop within 60 s and was killed");
                broker.program().kill();
            }
        }
        pause(random.nextInt(3_000));
        broker.start();
    }

    private void pauseOne() throws Exception {
        ServeProcess victim = instances.get(random.nextInt(instances.size()));
        victim.program().pause();
        pause(sessionMs() + 1_000 + random.nextInt(3_000));
        victim.program().goOn();
    }

    private void registryDown() throws Exception {
        registry.down(true);
        pause(random.nextInt(2_000));
        killDuringStart();
        pause(5_000 + random.nextInt(5_000));
        registry.down(false);
    }

    private void scaleUp() throws Exception {
        ServeProcess next = start(freeName());
        instances.add(next);
        awaitReady(next);
    }

    private void scaleDown() throws Exception {
        atLeast(2);
        end(instances.remove(random.nextInt(instances.size())));
    }

    /** False where this machine lets nobody mount a disk. */
    private boolean fillDisk() throws Exception {
        if (!haveSmallDisk()) {
            return false;
        }
        ServeProcess victim = start("disk", smallDisk.resolve("state"), "rocksdb");
        instances.add(victim);
        awaitReady(victim);
        Path filler = smallDisk.resolve("filler");
        fill(filler);
        pause(500 + random.nextInt(2_000));
        instances.remove(victim);
        if (victim.program().isAlive() && random.nextBoolean()) {
            kill(victim);
        } else {
            end(victim);
        }
        ServeProcess full = again(victim);
        await(
                "an instance that starts on a full disk is ready or says why not",
                () -> full.isReady() || !full.program().isAlive());
        pause(random.nextInt(1_000));
        Files.delete(filler);
        if (full.program().isAlive()) {
            end(full);
        } else {
            notes.add("on a full disk: " + lastLine(full));
        }
        deleteFolder(victim.state());
        return true;
    }

    private boolean haveSmallDisk() throws Exception {
        if (smallDisk != null) {
            return true;
        }
        Path disk = Files.createDirectories(folder.resolve("disk"));
        int code = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", disk.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (code != 0) {
            notes.add("FILL_DISK was left out: this user may not mount a small disk");
            return false;
        }
        smallDisk = disk;
        return true;
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[64 << 10];
        for (int size = block.length; size >= 1; size /= 8) {
            try (OutputStream out = Files.newOutputStream(
                    file, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND)) {
                while (true) {
                    out.write(block, 0, size);
                }
            } catch (IOException full) {
                // No space is left for that many bytes: that is what is wanted. Fewer may still fit.
            }
        }
    }

    private long kill(ServeProcess victim) throws Exception {
        long at = System.currentTimeMillis();
        victim.program().kill();
        kills++;
        return at;
    }

    /** SIGTERM: must end within 10 s, with exit code 0 wherever it was in its start, but for what {@link #mayBeCutOff} says. */
    private void end(ServeProcess instance) throws Exception {
        if (!instance.program().isAlive()) {
            return;
        }
        boolean mayBeCutOff = mayBeCutOff(instance);
        instance.program().stop();
        if (!instance.program().awaitEnd(10)) {
            notes.add("did not end within 10 s after SIGTERM: " + instance.name());
            instance.program().kill();
        } else if (instance.program().exitCode() != 0 && !(mayBeCutOff && wasCutOff(instance))) {
            notes.add("exit code " + instance.program().exitCode() + " after SIGTERM: " + lastLine(instance));
        }
    }

    /** Before it reaches Kafka a signal ends it at once; while it opens its model, in machine code, it cannot be interrupted. */
    private static boolean mayBeCutOff(ServeProcess instance) {
        return !instance.program().says("bundle: ");
    }

    private static boolean wasCutOff(ServeProcess instance) {
        return instance.program().exitCode() == 143 || lastLine(instance).contains("did not finish within 10 s");
    }

    /** What an orchestrator does: an instance that ended by itself is started again. */
    private void revive() {
        for (int i = 0; i < instances.size(); i++) {
            ServeProcess instance = instances.get(i);
            if (!instance.program().isAlive()) {
                String end =
                        instance.name() + ", exit code " + instance.program().exitCode() + ": " + lastLine(instance);
                endedByThemselves.add(end);
                if (!mayEnd(instance)) {
                    crashes.add("ended by itself: " + end);
                }
                instances.set(i, again(instance));
            }
        }
    }

    /** Where nothing can be done: it says so in one line, with exit code 1. All else is a crash. */
    private static boolean mayEnd(ServeProcess instance) {
        String said = lastLine(instance);
        boolean kafkaWasGone = said.contains("no Kafka answers at ") || said.contains("undertone: Kafka: ");
        boolean registryWasGone = said.contains("the schema registry at ");
        boolean diskWasFull = instance.name().equals("disk");
        return instance.program().exitCode() == 1 && (kafkaWasGone || registryWasGone || diskWasFull);
    }

    private void atMost(int count) throws Exception {
        while (instances.size() > count) {
            end(instances.remove(instances.size() - 1));
        }
        awaitReady(instances.get(0));
    }

    private void atLeast(int count) throws Exception {
        while (instances.size() < count) {
            instances.add(start(freeName()));
        }
        for (ServeProcess instance : instances) {
            awaitReady(instance);
        }
    }

    private String freeName() {
        for (char name = 'a'; ; name++) {
            String candidate = String.valueOf(name);
            if (instances.stream().noneMatch(instance -> instance.name().equals(candidate))) {
                return candidate;
            }
        }
    }

    private ServeProcess start(String name) {
        return start(name, folder.resolve("state-" + name), random.nextBoolean() ? "memory" : "rocksdb");
    }

    private ServeProcess again(ServeProcess before) {
        String stores = before.name().equals("disk") || random.nextBoolean() ? "rocksdb" : "memory";
        return start(before.name(), before.state(), stores);
    }

    private ServeProcess start(String name, Path state, String stores) {
        List<String> settings = new ArrayList<>(List.of(
                "inference.threads=1",
                "state.stores=" + stores,
                "streams.group.protocol=" + plan.protocol(),
                "streams.num.stream.threads=" + (1 + random.nextInt(3)),
                "audio.disorder.max.ms=" + LEGS.maxDisorderMs(),
                "conversation.measures=true"));
        if (registry != null) {
            settings.add("schema.registry.url=" + registry.url());
        }
        if (plan.sessionMs() > 0) {
            settings.add("consumer.session.timeout.ms=" + plan.sessionMs());
            settings.add("consumer.heartbeat.interval.ms=" + plan.sessionMs() / 4);
        }
        String log = String.format(java.util.Locale.ROOT, "serve-%03d-%s", starts++, name);
        return ServeProcess.start(folder, name, log, state, broker.bootstrapServers(), settings);
    }

    private int sessionMs() {
        return plan.sessionMs() > 0 ? plan.sessionMs() : 8_000;
    }

    private void awaitReady(ServeProcess instance) throws Exception {
        await(
                instance.name() + " is ready",
                () -> instance.isReady() || !instance.program().isAlive());
    }

    /** Waits; whoever ends by itself meanwhile is started again, as an orchestrator would. */
    private void await(String what, BooleanSupplier holds) throws Exception {
        long since = System.currentTimeMillis();
        long giveUpAt = since + STUCK_MS;
        long lookAt = since + HANGING_MS;
        while (!holds.getAsBoolean()) {
            revive();
            if (System.currentTimeMillis() > lookAt) {
                lookAt = System.currentTimeMillis() + HANGING_MS;
                List<String> aborted = HangingTransactions.abort(broker.bootstrapServers());
                hung += aborted.size();
                aborted.forEach(this::say);
            }
            if (System.currentTimeMillis() > giveUpAt) {
                dumpThreads();
                throw new AssertionError("stuck: waited " + STUCK_MS + " ms for " + what + " (seed " + plan.seed()
                        + ", logs in " + folder + ")");
            }
            pause(20);
        }
    }

    /** What everyone waits for, beside their logs: it cannot be asked any more once the run has ended. */
    private void dumpThreads() throws Exception {
        broker.program().dumpThreads();
        for (ServeProcess instance : instances) {
            instance.program().dumpThreads();
        }
        pause(3_000);
    }

    private void awaitSummaries(int count) throws Exception {
        while (verifier.summaries() < count) {
            int before = verifier.summaries();
            try {
                await("all summaries: " + before + " of " + count, () -> verifier.summaries() > before);
            } catch (AssertionError e) {
                notes.add(e.getMessage());
                return;
            }
        }
    }

    private void awaitConversations(int count) throws Exception {
        try {
            await("all conversations of " + count, () -> verifier.conversations() >= count);
        } catch (AssertionError e) {
            notes.add(e.getMessage());
        }
    }

    /** taken = used + dropped + dead + handed over, in each instance that runs, once nothing waits any more. */
    private List<String> countersThatDoNotAddUp() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (ServeProcess instance : instances) {
            Map<String, Double> metrics = instance.metrics();
            for (String what : List.of("chunks", "windows")) {
                double taken = metrics.getOrDefault("undertone_" + what + "_taken_total", -1.0);
                double accounted = metrics.getOrDefault("undertone_" + what + "_used_total", 0.0)
                        + metrics.getOrDefault("undertone_" + what + "_dropped_total", 0.0)
                        + metrics.getOrDefault("undertone_" + what + "_dead_total", 0.0)
                        + metrics.getOrDefault("undertone_" + what + "_handed_over_total", 0.0);
                if (taken != accounted) {
                    wrong.add(instance.name() + ": " + what + " taken " + taken + ", accounted for " + accounted);
                }
            }
            if (metrics.getOrDefault("undertone_windows_waiting", 0.0) != 0) {
                wrong.add(instance.name() + ": windows wait though all have their events");
            }
        }
        return wrong;
    }

    private List<String> ends() throws Exception {
        for (ServeProcess instance : List.copyOf(instances)) {
            instances.remove(instance);
            end(instance);
        }
        return notes.stream()
                .filter(note -> note.contains("SIGTERM") || note.startsWith("stuck"))
                .toList();
    }

    private void report(List<SpokenLeg> legs) {
        Collections.sort(recoveriesMs);
        say("seed " + plan.seed() + ": " + kills + " kills, faults " + done + "; " + legs.size() + " legs, "
                + feed.chunks() + " chunks, " + verifier.events() + " events, " + verifier.conversations()
                + " conversations; " + recoveries() + "; took "
                + (System.currentTimeMillis() - startedMs) / 1000 + " s");
        endedByThemselves.forEach(line -> say("ended by itself: " + line));
        notes.forEach(this::say);
    }

    private String recoveries() {
        return recoveriesMs.isEmpty()
                ? "no recovery measured"
                : "first new event after a kill of the only instance: median "
                        + recoveriesMs.get(recoveriesMs.size() / 2) + " ms, longest "
                        + recoveriesMs.get(recoveriesMs.size() - 1) + " ms of " + recoveriesMs.size();
    }

    /** Partitions in which a transaction hung and was aborted as an operator would. */
    int hung() {
        return hung;
    }

    int kills() {
        return kills;
    }

    private static String lastLine(ServeProcess instance) {
        List<String> lines = instance.program().err().lines().toList();
        return lines.isEmpty() ? "(said nothing)" : lines.get(lines.size() - 1);
    }

    private void say(String line) {
        System.out.println("chaos " + (System.currentTimeMillis() - startedMs) / 1000 + " s: " + line);
    }

    private static void pause(long ms) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(ms);
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

    @Override
    public void close() throws Exception {
        feed.close();
        instances.forEach(ServeProcess::close);
        verifier.close();
        broker.close();
        if (registry != null) {
            registry.close();
        }
        if (smallDisk != null) {
            int code = new ProcessBuilder("umount", "-l", smallDisk.toString())
                    .start()
                    .waitFor();
            assertThat(code).as("umount of " + smallDisk).isZero();
        }
    }
}
