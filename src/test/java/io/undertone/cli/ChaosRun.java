package io.undertone.cli;

import io.undertone.config.ConfigSources;
import io.undertone.config.UndertoneConfig;
import io.undertone.kafka.Cluster;
import io.undertone.kafka.Topics;
import io.undertone.registry.StubRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A seeded run of faults against the real program in processes of its own and a real broker in another, while legs are spoken, and
 * the account of every leg in the end. The seed decides the faults, their order, their victims and the pauses between them; when
 * exactly within its work the program is hit, the machine decides.
 */
final class ChaosRun implements AutoCloseable {
    private final ChaosPlan plan;
    private final Random random;
    private final ChaosLog log = new ChaosLog();
    private final BrokerProcess broker;
    /** Null: records go without one. */
    private final StubRegistry registry;

    private final Instances instances;
    private final ChaosFaults faults;
    private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
    private final ExactlyOnceVerifier verifier;
    private final LegFeed feed;

    ChaosRun(Path folder, ChaosPlan plan) throws Exception {
        this.plan = plan;
        this.random = new Random(plan.seed());
        this.broker = new BrokerProcess(folder);
        this.registry = plan.hasRegistry() ? StubRegistry.start() : null;
        UndertoneConfig config = sources().set("topic.partitions=3").load();
        try (Cluster cluster = Cluster.reach(config, progress -> {})) {
            Topics.ensure(cluster, config);
        }
        List<String> settings = registry == null ? List.of() : List.of("schema.registry.url=" + registry.url());
        this.verifier = new ExactlyOnceVerifier(sources());
        this.instances = new Instances(folder, plan, random, broker, settings, log);
        this.faults = new ChaosFaults(folder, plan, random, instances, broker, registry, verifier, log);
        this.feed = new LegFeed(
                sources(), "leg-" + plan.seed() + "-", plan.seed(), plan.legsAtOnce(), plan.minLegs(), true, true);
    }

    private ConfigSources sources() {
        ConfigSources sources = new ConfigSources().bootstrapServers(broker.bootstrapServers());
        return registry == null ? sources : sources.set("schema.registry.url=" + registry.url());
    }

    /** Runs all of it; returns what was wrong in the end, with the account of the run in {@link #report}. */
    List<String> run() throws Exception {
        log.say("seed " + plan.seed() + ", faults " + plan.faults()
                + (plan.kills() > 0 ? ", until " + plan.kills() + " kills" : ""));
        instances.awaitReady(instances.startOne());
        feed.start();
        long before = System.currentTimeMillis();
        instances.await("the first event", () -> verifier.hasEventMadeAfter(before));
        List<String> wrong = new ArrayList<>();
        try {
            applyAll();
        } catch (AssertionError stuck) {
            // Work does not go on by itself, which is wrong; what became of the legs is to be known all the same.
            wrong.add(stuck.getMessage());
            log.say(stuck.getMessage() + "; all is started anew");
            instances.startAllAnew();
        }
        instances.revive();
        List<SpokenLeg> legs = feed.finish();
        awaitSummaries(legs.size());
        awaitConversations(legs.size());
        instances.awaitAllReady(); // one revived last may still be starting
        wrong.addAll(verifier.verify(legs, ChaosPlan.LEGS, feed.startedAtMs()));
        wrong.addAll(instances.crashes());
        wrong.addAll(countersThatDoNotAddUp());
        wrong.addAll(ends());
        if (instances.kills() < plan.kills()) {
            wrong.add("only " + instances.kills() + " kills of " + plan.kills());
        }
        report(legs);
        return wrong;
    }

    private void applyAll() throws Exception {
        Iterator<Fault> order = plan.order(random);
        while (order.hasNext()) {
            if (plan.kills() > 0 && instances.kills() >= plan.kills()) {
                return;
            }
            if (plan.maxMs() > 0 && log.elapsedMs() > plan.maxMs()) {
                log.note("ended by its time, before all faults had come");
                return;
            }
            pause(random.nextInt(800));
            instances.revive();
            apply(order.next());
        }
    }

    private void apply(Fault fault) throws Exception {
        long at = System.currentTimeMillis();
        if (!faults.apply(fault)) {
            return;
        }
        long after = System.currentTimeMillis();
        instances.await("an event after " + fault, () -> verifier.hasEventMadeAfter(after));
        done.merge(fault, 1, Integer::sum);
        log.say(fault + " took " + (System.currentTimeMillis() - at) + " ms; " + instances.kills() + " kills, "
                + verifier.events() + " events, " + verifier.summaries() + " summaries");
    }

    private void awaitSummaries(int count) throws Exception {
        while (verifier.summaries() < count) {
            int before = verifier.summaries();
            try {
                instances.await("all summaries: " + before + " of " + count, () -> verifier.summaries() > before);
            } catch (AssertionError e) {
                log.note(e.getMessage());
                return;
            }
        }
    }

    private void awaitConversations(int count) throws Exception {
        try {
            instances.await("all conversations of " + count, () -> verifier.conversations() >= count);
        } catch (AssertionError e) {
            log.note(e.getMessage());
        }
    }

    /** taken = used + dropped + dead + handed over, in each instance that runs, once nothing waits any more. */
    private List<String> countersThatDoNotAddUp() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (ServeProcess instance : instances.all()) {
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
        for (ServeProcess instance : instances.takeAll()) {
            instances.end(instance);
        }
        return log.notes().stream()
                .filter(note -> note.contains("SIGTERM") || note.startsWith("stuck"))
                .toList();
    }

    private void report(List<SpokenLeg> legs) {
        log.say("seed " + plan.seed() + ": " + instances.kills() + " kills, faults " + done + "; " + legs.size()
                + " legs, " + feed.chunks() + " chunks, " + verifier.events() + " events, " + verifier.conversations()
                + " conversations; " + recoveries() + "; took " + log.elapsedMs() / 1000 + " s");
        instances.endedByThemselves().forEach(line -> log.say("ended by itself: " + line));
        log.notes().forEach(log::say);
    }

    private String recoveries() {
        List<Long> ms = faults.recoveriesMs();
        return ms.isEmpty()
                ? "no recovery measured"
                : "first new event after a kill of the only instance: median " + ms.get(ms.size() / 2) + " ms, longest "
                        + ms.get(ms.size() - 1) + " ms of " + ms.size();
    }

    /** Partitions in which a transaction hung and was aborted as an operator would. */
    int hung() {
        return instances.hung();
    }

    /** Faults take their time, here and in {@link ChaosFaults}: what is paused is the run, not a test that waits for something. */
    static void pause(long ms) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(ms);
    }

    @Override
    public void close() throws Exception {
        feed.close();
        instances.close();
        verifier.close();
        broker.close();
        if (registry != null) {
            registry.close();
        }
        faults.close();
    }
}
