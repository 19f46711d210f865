package io.undertone.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * The program's instances in a chaos run: started, killed, ended, and started again where one ends by itself, as an orchestrator
 * does. For one thread.
 */
final class Instances implements AutoCloseable {
    private static final long STUCK_MS = 150_000;

    /** Longer than any transaction may take: one that is open still is looked at as an operator would. */
    private static final long HANGING_MS = 40_000;

    private static final int KILLED = 128 + 9;
    private static final String ON_SMALL_DISK = "disk";

    private final Path folder;
    private final ChaosPlan plan;
    private final Random random;
    private final BrokerProcess broker;
    private final List<String> settings;
    private final ChaosLog log;

    private final List<ServeProcess> running = new ArrayList<>();
    private final List<String> endedByThemselves = new ArrayList<>();
    private final List<String> crashes = new ArrayList<>();
    private int kills;
    private int starts;
    private int hung;

    /**
     * None runs yet.
     *
     * @param settings that each gets beside those of the plan, as {@code --set} takes them
     */
    Instances(Path folder, ChaosPlan plan, Random random, BrokerProcess broker, List<String> settings, ChaosLog log) {
        this.folder = folder;
        this.plan = plan;
        this.random = random;
        this.broker = broker;
        this.settings = List.copyOf(settings);
        this.log = log;
    }

    List<ServeProcess> all() {
        return List.copyOf(running);
    }

    /** One of them. */
    ServeProcess any() {
        return running.get(random.nextInt(running.size()));
    }

    /** One of them, which is nobody's any more: what becomes of it is the caller's. */
    ServeProcess takeAny() {
        return running.remove(random.nextInt(running.size()));
    }

    /** This one, which is nobody's any more, or never was. */
    void take(ServeProcess instance) {
        running.remove(instance);
    }

    /** All of them; what becomes of them is the caller's. */
    List<ServeProcess> takeAll() {
        List<ServeProcess> taken = all();
        running.clear();
        return taken;
    }

    /** Starts one more. */
    ServeProcess startOne() {
        String name = freeName();
        return added(start(name, folder.resolve("state-" + name), random.nextBoolean() ? "memory" : "rocksdb"));
    }

    /** Starts one more, with its state on a small disk. */
    ServeProcess startOn(SmallDisk disk) {
        return added(start(ON_SMALL_DISK, disk.state(), "rocksdb"));
    }

    /** Starts one that has ended, with its state. */
    ServeProcess startAgain(ServeProcess before) {
        return added(again(before));
    }

    /** Starts one that has ended, with its state; what becomes of it is the caller's. */
    ServeProcess again(ServeProcess before) {
        String stores = before.name().equals(ON_SMALL_DISK) || random.nextBoolean() ? "rocksdb" : "memory";
        return start(before.name(), before.state(), stores);
    }

    private ServeProcess added(ServeProcess instance) {
        running.add(instance);
        return instance;
    }

    private ServeProcess start(String name, Path state, String stores) {
        List<String> all = new ArrayList<>(List.of(
                "inference.threads=1",
                "state.stores=" + stores,
                "streams.group.protocol=" + plan.protocol(),
                "streams.num.stream.threads=" + (1 + random.nextInt(3)),
                "audio.disorder.max.ms=" + ChaosPlan.LEGS.maxDisorderMs(),
                "conversation.measures=true"));
        all.addAll(settings);
        if (plan.sessionMs() > 0) {
            all.add("consumer.session.timeout.ms=" + plan.sessionMs());
            all.add("consumer.heartbeat.interval.ms=" + plan.sessionMs() / 4);
        }
        String logName = String.format(Locale.ROOT, "serve-%04d-%s", starts++, name);
        return ServeProcess.start(folder, name, logName, state, broker.bootstrapServers(), all);
    }

    private String freeName() {
        for (char name = 'a'; ; name++) {
            String candidate = String.valueOf(name);
            if (running.stream().noneMatch(instance -> instance.name().equals(candidate))) {
                return candidate;
            }
        }
    }

    /** Ends the last ones until so many are left, and waits for the first. */
    void atMost(int count) throws Exception {
        while (running.size() > count) {
            end(running.remove(running.size() - 1));
        }
        awaitReady(running.get(0));
    }

    /** Starts as many as are missing, and waits for all. */
    void atLeast(int count) throws Exception {
        while (running.size() < count) {
            startOne();
        }
        awaitAllReady();
    }

    void awaitAllReady() throws Exception {
        for (int i = 0; i < running.size(); i++) { // one that ends meanwhile is replaced at its place
            awaitReady(running.get(i));
        }
    }

    void awaitReady(ServeProcess instance) throws Exception {
        await(
                instance.name() + " is ready",
                () -> instance.isReady() || !instance.program().isAlive());
    }

    /** SIGKILL to each before the end of any is waited for. One that had ended before is no kill. */
    void kill(List<ServeProcess> victims) throws Exception {
        victims.forEach(victim -> victim.program().signalKill());
        for (ServeProcess victim : victims) {
            victim.program().kill();
            if (victim.program().exitCode() == KILLED) {
                kills++;
            } else {
                accountForEnd(victim);
            }
        }
    }

    void kill(ServeProcess victim) throws Exception {
        kill(List.of(victim));
    }

    /** SIGTERM: must end within 10 s, with exit code 0 wherever it was in its start, but for what {@link #mayBeCutOff} says. */
    void end(ServeProcess instance) throws Exception {
        if (!instance.program().isAlive()) {
            return;
        }
        boolean mayBeCutOff = mayBeCutOff(instance);
        instance.program().stop();
        if (!instance.program().awaitEnd(10)) {
            log.note("did not end within 10 s after SIGTERM: " + instance.name());
            instance.program().kill();
        } else if (instance.program().exitCode() != 0 && !(mayBeCutOff && wasCutOff(instance))) {
            log.note("exit code " + instance.program().exitCode() + " after SIGTERM: " + lastLine(instance));
        }
    }

    /** Before it reaches Kafka a signal ends it at once; while it opens its model, in machine code, it cannot be interrupted. */
    private static boolean mayBeCutOff(ServeProcess instance) {
        return !instance.program().says("bundle: ");
    }

    private static boolean wasCutOff(ServeProcess instance) {
        return instance.program().exitCode() == 128 + 15 || lastLine(instance).contains("did not finish within 10 s");
    }

    /** What an orchestrator does: an instance that ended by itself is started again. */
    void revive() {
        for (int i = 0; i < running.size(); i++) {
            ServeProcess instance = running.get(i);
            if (!instance.program().isAlive()) {
                accountForEnd(instance);
                running.set(i, again(instance));
            }
        }
    }

    private void accountForEnd(ServeProcess instance) {
        String end = instance.name() + ", exit code " + instance.program().exitCode() + ": " + lastLine(instance);
        endedByThemselves.add(end);
        if (!mayEnd(instance)) {
            crashes.add("ended by itself: " + end);
        }
    }

    /** Where nothing can be done: it says so in one line, with exit code 1. All else is a crash. */
    private static boolean mayEnd(ServeProcess instance) {
        String said = lastLine(instance);
        boolean kafkaWasGone = said.contains("no Kafka answers at ")
                || (said.contains("undertone: Kafka: ") && !said.contains("Error opening store"));
        boolean registryWasGone = said.contains("the schema registry at ");
        boolean diskWasFull = instance.name().equals(ON_SMALL_DISK);
        return instance.program().exitCode() == 1 && (kafkaWasGone || registryWasGone || diskWasFull);
    }

    /** What an operator does in the end: the broker first, since others wait for it. */
    void startAllAnew() throws Exception {
        for (ServeProcess instance : running) {
            instance.program().kill();
        }
        broker.program().kill();
        broker.start();
        running.replaceAll(this::again);
    }

    /** Waits; whoever ends by itself meanwhile is started again, as an orchestrator would. */
    void await(String what, BooleanSupplier holds) throws Exception {
        long since = System.currentTimeMillis();
        long giveUpAt = since + STUCK_MS;
        long lookAt = since + HANGING_MS;
        while (!holds.getAsBoolean()) {
            revive();
            if (System.currentTimeMillis() > lookAt) {
                lookAt = System.currentTimeMillis() + HANGING_MS;
                List<String> aborted = HangingTransactions.abort(broker.bootstrapServers());
                hung += aborted.size();
                aborted.forEach(log::say);
            }
            if (System.currentTimeMillis() > giveUpAt) {
                dumpThreads();
                throw new AssertionError("stuck: waited " + STUCK_MS + " ms for " + what + " (seed " + plan.seed()
                        + ", logs in " + folder + ")");
            }
            ChaosRun.pause(20);
        }
    }

    /** What everyone waits for, beside their logs: it cannot be asked any more once the run has ended. */
    private void dumpThreads() throws Exception {
        broker.program().dumpThreads();
        for (ServeProcess instance : running) {
            instance.program().dumpThreads();
        }
        ChaosRun.pause(3_000);
    }

    /** Processes that got SIGKILL while they were alive. */
    int kills() {
        return kills;
    }

    /** Partitions in which a transaction hung and was aborted as an operator would. */
    int hung() {
        return hung;
    }

    /** Ends without a signal, with their last words. */
    List<String> endedByThemselves() {
        return List.copyOf(endedByThemselves);
    }

    /** Those among them that nothing excuses. */
    List<String> crashes() {
        return List.copyOf(crashes);
    }

    /** The last line of its standard error. */
    static String lastLine(ServeProcess instance) {
        List<String> lines = instance.program().err().lines().toList();
        return lines.isEmpty() ? "(said nothing)" : lines.get(lines.size() - 1);
    }

    @Override
    public void close() throws IOException {
        running.forEach(ServeProcess::close);
    }
}
