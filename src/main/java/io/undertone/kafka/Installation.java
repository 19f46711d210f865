package io.undertone.kafka;

import io.undertone.config.KafkaSettings;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.failure.Failure;
import io.undertone.failure.PartitionsChanged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process takes part in, looked at before it does: that no other installation writes to the same topics, that the other
 * processes of this one work with the same model, where it begins, and that state and topics still have the same partitions.
 * {@link #close} says that the process has ended. Not thread-safe.
 */
public final class Installation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

    /** What a process that ends waits for Kafka: it may be away, and the end must not take longer than 10 s in all. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final UndertoneConfig config;
    private final Admin admin;
    private final String process = Claims.newProcess();
    private final List<Claims> claimed = new ArrayList<>();

    private Installation(UndertoneConfig config, Admin admin) {
        this.config = config;
        this.admin = admin;
    }

    /** Opens the connection, looks at nothing yet. */
    public static Installation of(UndertoneConfig config) {
        return new Installation(config, Admin.create(KafkaSettings.admin(config)));
    }

    /**
     * Takes part with a stage.
     *
     * @param with what it works with, in words
     * @param fingerprint differs where that differs
     * @throws Failure where it must not, with the remedy
     */
    public void join(Stage stage, String with, String fingerprint) throws InterruptedException {
        String application = config.applicationId(stage);
        try {
            requireSamePartitions(stage);
            requireNoOtherWriter(stage);
            begin(stage);
            claim(stage, new Claims.Claim(output(stage), with, fingerprint));
        } catch (Failure e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw e;
            }
            LOG.warn(
                    "stage {} cannot see whether others do the same work: {}; see access rights in docs/operators.md"
                            + " ({})",
                    stage.configName(),
                    e.getMessage(),
                    application);
        }
    }

    private String output(Stage stage) {
        return stage == Stage.FEATURES ? config.mfccWindowsTopic() : config.emotionEventsTopic();
    }

    /** State is kept by partition: if a topic gets more partitions, a call's chunks no longer arrive where its state is. */
    private void requireSamePartitions(Stage stage) throws InterruptedException {
        Group group = new Group(admin, config.applicationId(stage));
        List<String> changelogs = group.internalTopics().stream()
                .filter(name -> name.endsWith("-changelog"))
                .toList();
        if (changelogs.isEmpty()) {
            return;
        }
        List<String> all = new ArrayList<>(changelogs);
        all.add(config.sourceTopic(stage));
        Map<String, Integer> partitions = new HashMap<>();
        Answers.get(admin.describeTopics(all).allTopicNames(), "look up " + String.join(", ", all))
                .forEach(
                        (name, topic) -> partitions.put(name, topic.partitions().size()));
        int wanted = partitions.getOrDefault(config.sourceTopic(stage), 0);
        for (String changelog : changelogs) {
            int before = partitions.getOrDefault(changelog, wanted);
            if (before != wanted) {
                throw new Failure(PartitionsChanged.message(
                        config.sourceTopic(stage), Integer.toString(wanted), changelog, Integer.toString(before)));
            }
        }
    }

    private void requireNoOtherWriter(Stage stage) throws InterruptedException {
        String own = config.applicationId(stage);
        for (String other : Group.ending(admin, "-" + stage.configName())) {
            if (other.equals(own)) {
                continue;
            }
            boolean sameOutput = new Claims(admin, config, other)
                    .read().values().stream().anyMatch(claim -> claim.output().equals(output(stage)));
            if (sameOutput && new Group(admin, other).members() > 0) {
                throw new Failure("another installation, " + other + ", writes to " + output(stage)
                        + " now, and every record would be written twice; stop it, or give this one topics of its own: leave"
                        + " topic.mfcc.windows, topic.emotion.events and topic.call.summaries out, and they begin with"
                        + " application.id.prefix");
            }
        }
    }

    private void begin(Stage stage) throws InterruptedException {
        Group group = new Group(admin, config.applicationId(stage));
        if (config.beginsWithNew(stage)
                && group.offsets(config.sourceTopic(stage)).isEmpty()
                && group.members() == 0) {
            group.moveTo(config.sourceTopic(stage), true);
            LOG.info("stage {} begins with new records of {}", stage.configName(), config.sourceTopic(stage));
        }
    }

    private void claim(Stage stage, Claims.Claim own) throws InterruptedException {
        String application = config.applicationId(stage);
        Claims claims = new Claims(admin, config, application);
        claims.create();
        Map<String, Claims.Claim> others = claims.read();
        Map<String, Claims.@Nullable Claim> written = new HashMap<>();
        if (new Group(admin, application).members() == 0) {
            // Nobody is there: what they said was left by processes that were killed.
            others.keySet().forEach(gone -> written.put(gone, null));
        } else if (!config.changesBundleRolling()) {
            for (Claims.Claim other : others.values()) {
                if (!other.fingerprint().equals(own.fingerprint())) {
                    throw new Failure(
                            "stage " + stage.configName() + " runs elsewhere with " + other.with()
                                    + ", and this process has " + own.with()
                                    + ": calls would be judged by one or the other at random; give all the same model.bundle, stop the"
                                    + " others first, or set model.bundle.change=rolling on the new ones until the old are gone");
                }
            }
        }
        written.put(process, own);
        // Before it is written: who is interrupted meanwhile does not know whether it was.
        claimed.add(claims);
        claims.write(written, Cluster.PATIENCE);
    }

    /** Announces that the process has ended, if Kafka can still be reached. */
    @Override
    public void close() {
        try {
            for (Claims claims : claimed) {
                Map<String, Claims.@Nullable Claim> gone = new HashMap<>();
                gone.put(process, null);
                claims.write(gone, LAST_WORDS);
            }
        } catch (RuntimeException e) {
            LOG.debug("the end of this process could not be announced", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            admin.close(LAST_WORDS);
        }
    }
}
