package io.undertone.kafka;

import io.undertone.config.KafkaSettings;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/** Deletes the state of a stopped installation. Not thread-safe. */
public final class Reset implements AutoCloseable {
    private static final List<Stage> STAGES = List.of(Stage.FEATURES, Stage.INFERENCE, Stage.ALERTS);

    private final UndertoneConfig config;
    private final Admin admin;

    private Reset(UndertoneConfig config, Admin admin) {
        this.config = config;
        this.admin = admin;
    }

    public static Reset of(UndertoneConfig config) {
        return new Reset(config, Admin.create(KafkaSettings.admin(config)));
    }

    /** Where stages begin afterwards. */
    public enum Offsets {
        /** With new records only. */
        END,
        /** With the oldest that their topics hold. */
        BEGINNING,
        /** Where they stopped. */
        KEPT
    }

    /**
     * What there is of a stage, or of a webhooks receiver and one of its topics.
     *
     * @param group its consumer group
     * @param topics its internal topics
     * @param source the topic that it reads
     * @param offsets so many partitions of that topic have been read
     */
    public record Part(String group, List<String> topics, String source, int offsets) {
        public Part {
            topics = List.copyOf(topics);
        }
    }

    /**
     * Looks at what there is. Webhooks have a group for each receiver, those that are no longer configured among them; each of its topics is a
     * part.
     *
     * @throws Failure where a process runs
     */
    public List<Part> plan() throws InterruptedException {
        List<Part> parts = ofStreams();
        parts.addAll(ofReceivers());
        return parts;
    }

    private List<Part> ofStreams() throws InterruptedException {
        List<Part> parts = new ArrayList<>();
        for (Stage stage : STAGES) {
            Group group = new Group(admin, config.applicationId(stage));
            requireStopped(stage, group);
            String source = config.sourceTopic(stage);
            Part part = new Part(
                    group.id(),
                    group.internalTopics(),
                    source,
                    group.offsets(source).size());
            if (!part.topics().isEmpty() || part.offsets() > 0) {
                parts.add(part);
            }
        }
        return parts;
    }

    private List<Part> ofReceivers() throws InterruptedException {
        List<Part> parts = new ArrayList<>();
        for (String id : Group.beginning(admin, config.applicationId(Stage.WEBHOOKS) + "-")) {
            Group group = new Group(admin, id);
            List<Part> read = new ArrayList<>();
            for (String topic : List.of(
                    config.emotionAlertsTopic(), config.callSummariesTopic(), config.callConversationsTopic())) {
                int offsets = group.offsets(topic).size();
                if (offsets > 0) {
                    read.add(new Part(id, List.of(), topic, offsets));
                }
            }
            // A group that reads none of them is of another installation whose prefix begins so.
            if (!read.isEmpty()) {
                requireStopped(Stage.WEBHOOKS, group);
                parts.addAll(read);
            }
        }
        return parts;
    }

    private static void requireStopped(Stage stage, Group group) throws InterruptedException {
        int members = group.members();
        if (members > 0) {
            throw new Failure("stage " + stage.configName() + " runs: the group " + group.id() + " has " + members
                    + " members; stop all its processes first (one that was killed is gone after "
                    + "consumer.session.timeout.ms)");
        }
    }

    /** Does it. */
    public void run(List<Part> plan, Offsets offsets) throws InterruptedException {
        for (Part part : plan) {
            Group group = new Group(admin, part.group());
            if (offsets != Offsets.KEPT && part.offsets() > 0) {
                group.moveTo(part.source(), offsets == Offsets.END);
            }
            group.delete(part.topics());
        }
    }

    @Override
    public void close() {
        admin.close(Cluster.PATIENCE.dividedBy(10));
    }
}
