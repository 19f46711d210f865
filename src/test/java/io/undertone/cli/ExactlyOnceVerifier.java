package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.CallConversation;
import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.EndReason;
import io.undertone.Role;
import io.undertone.bundle.BundleFolder;
import io.undertone.classify.FileClassifier;
import io.undertone.classify.FileLeg;
import io.undertone.config.ConfigSources;
import io.undertone.config.KafkaSettings;
import io.undertone.config.UndertoneConfig;
import io.undertone.ingest.LegId;
import io.undertone.kafka.EventListener;
import io.undertone.kafka.EventReader;
import io.undertone.model.LoadedModel;
import io.undertone.window.LegSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Accounts for every leg that was sent: reads what is committed while it comes, and all of it again in the end, against the same
 * audio through the code of {@code classify}.
 */
final class ExactlyOnceVerifier implements AutoCloseable {
    private static final int QUIET_WITHOUT_ALL = 200;
    private static final double TOLERANCE = 1e-4;

    private final UndertoneConfig config;
    private final EventReader reader;
    private final Thread thread = new Thread(this::run, "verifier");
    private final AtomicLong newestProducedAtMs = new AtomicLong();
    private final AtomicInteger events = new AtomicInteger();
    private final AtomicInteger summaries = new AtomicInteger();
    private final AtomicInteger conversations = new AtomicInteger();

    ExactlyOnceVerifier(String bootstrapServers) {
        this(new ConfigSources().bootstrapServers(bootstrapServers));
    }

    ExactlyOnceVerifier(ConfigSources sources) {
        config = sources.load();
        reader = EventReader.openAll(config, true);
        thread.start();
    }

    private void run() {
        EventListener printer = new EventListener() {
            @Override
            public void event(EmotionEvent event) {
                events.incrementAndGet();
                newestProducedAtMs.accumulateAndGet(event.getProducedAt().toEpochMilli(), Math::max);
            }

            @Override
            public void summary(CallSummary summary) {
                summaries.incrementAndGet();
            }

            @Override
            public void conversation(CallConversation conversation) {
                conversations.incrementAndGet();
            }
        };
        while (reader.poll(Duration.ofMillis(50), printer)) {
            // Goes on until it is stopped.
        }
        reader.close();
    }

    /** Whether an event can be read that was made after this moment. */
    boolean hasEventMadeAfter(long ms) {
        return newestProducedAtMs.get() > ms;
    }

    int events() {
        return events.get();
    }

    int summaries() {
        return summaries.get();
    }

    int conversations() {
        return conversations.get();
    }

    /** What is wrong, in words; nothing where every leg has what an undisturbed run gives, once and in order. */
    List<String> verify(List<SpokenLeg> legs) throws Exception {
        return verify(legs, LegSettings.DEFAULT, Map.of());
    }

    /**
     * The same, where the program has other settings of legs.
     *
     * @param startedAtMs by call whose conversation is measured: when it began
     */
    List<String> verify(List<SpokenLeg> legs, LegSettings settings, Map<String, Long> startedAtMs) throws Exception {
        Map<String, List<EmotionEvent>> eventsByCall = new HashMap<>();
        Map<String, List<CallSummary>> summariesByCall = new HashMap<>();
        Map<String, List<CallConversation>> conversationsByCall = new HashMap<>();
        readAll(eventsByCall, summariesByCall, conversationsByCall);
        List<String> wrong = new ArrayList<>();
        Set<String> known = new HashSet<>();
        try (LoadedModel model =
                LoadedModel.open(BundleFolder.find(Path.of("").toAbsolutePath(), config.modelBundle()), config, 1)) {
            FileClassifier classifier = new FileClassifier(model, Clock.systemUTC());
            for (SpokenLeg leg : legs) {
                known.add(leg.callId());
                List<EmotionEvent> expected = new ArrayList<>();
                FileLeg file = leg.expected(model.spec(), settings);
                CallSummary summary = classifier.classify(new LegId(leg.callId(), Role.CUSTOMER), file, expected::add);
                try {
                    compare(eventsByCall.getOrDefault(leg.callId(), List.of()), expected);
                    compareSummaries(summariesByCall.getOrDefault(leg.callId(), List.of()), summary);
                    Long began = startedAtMs.get(leg.callId());
                    if (began != null) {
                        compareConversations(
                                conversationsByCall.getOrDefault(leg.callId(), List.of()), SpokenTalk.of(leg, began));
                    }
                } catch (AssertionError e) {
                    wrong.add(leg.callId() + ": " + e.getMessage());
                }
            }
        }
        eventsByCall.keySet().stream()
                .filter(call -> !known.contains(call))
                .forEach(call -> wrong.add("events of a call that nobody made: " + call));
        long dead = size(config.deadLettersTopic());
        if (dead > 0) {
            wrong.add("dead letters, though all that was sent is good: " + dead);
        }
        return wrong;
    }

    private void readAll(
            Map<String, List<EmotionEvent>> eventsByCall,
            Map<String, List<CallSummary>> summariesByCall,
            Map<String, List<CallConversation>> conversationsByCall) {
        int wanted = events.get();
        int wantedSummaries = summaries.get();
        int wantedConversations = conversations.get();
        int[] read = new int[3];
        EventListener collector = new EventListener() {
            @Override
            public void event(EmotionEvent event) {
                eventsByCall
                        .computeIfAbsent(event.getCallId(), call -> new ArrayList<>())
                        .add(event);
                read[0]++;
            }

            @Override
            public void summary(CallSummary summary) {
                summariesByCall
                        .computeIfAbsent(summary.getCallId(), call -> new ArrayList<>())
                        .add(summary);
                read[1]++;
            }

            @Override
            public void conversation(CallConversation conversation) {
                conversationsByCall
                        .computeIfAbsent(conversation.getCallId(), call -> new ArrayList<>())
                        .add(conversation);
                read[2]++;
            }
        };
        try (EventReader all = EventReader.openAll(config, true)) {
            int quiet = 0;
            boolean caughtUp = false;
            // A commit that was seen and is gone never comes: what is missing is then said of its leg.
            while (quiet < (caughtUp ? 5 : QUIET_WITHOUT_ALL)) {
                int before = read[0] + read[1] + read[2];
                all.poll(Duration.ofMillis(300), collector);
                caughtUp = read[0] >= wanted && read[1] >= wantedSummaries && read[2] >= wantedConversations;
                quiet = read[0] + read[1] + read[2] == before ? quiet + 1 : 0;
            }
        }
    }

    private static void compare(List<EmotionEvent> actual, List<EmotionEvent> expected) {
        assertThat(actual.stream().map(EmotionEvent::getEventId).toList())
                .isEqualTo(expected.stream().map(EmotionEvent::getEventId).toList());
        for (int i = 0; i < expected.size(); i++) {
            EmotionEvent is = actual.get(i);
            EmotionEvent should = expected.get(i);
            assertThat(is.getLabel()).as(is.getEventId()).isEqualTo(should.getLabel());
            assertThat(is.getEndMs()).as(is.getEventId()).isEqualTo(should.getEndMs());
            should.getProbabilities()
                    .forEach((label, probability) -> assertThat(
                                    is.getProbabilities().get(label))
                            .as(is.getEventId() + " " + label)
                            .isEqualTo(probability, within(TOLERANCE)));
        }
    }

    /** One for each call, whatever was killed between its chunks, with the measures that it would have had. */
    private static void compareConversations(List<CallConversation> actual, CallConversation expected) {
        assertThat(actual).as("conversations").hasSize(1);
        CallConversation is = actual.get(0);
        assertThat(CallConversation.newBuilder(is)
                        .setProducedAt(expected.getProducedAt())
                        .build())
                .isEqualTo(expected);
    }

    private static void compareSummaries(List<CallSummary> actual, CallSummary expected) {
        assertThat(actual).as("summaries").hasSize(1);
        CallSummary is = actual.get(0);
        assertThat(is.getWindows()).as("windows").isEqualTo(expected.getWindows());
        assertThat(is.getSilentWindows()).as("silent windows").isEqualTo(expected.getSilentWindows());
        assertThat(is.getFailedWindows()).as("failed windows").isZero();
        assertThat(is.getDurationMs()).as("duration").isEqualTo(expected.getDurationMs());
        assertThat(is.getSpeechMs()).as("speech").isEqualTo(expected.getSpeechMs());
        assertThat(is.getShares()).as("shares").isEqualTo(expected.getShares());
        assertThat(is.getGaps()).as("gaps").isEqualTo(expected.getGaps());
        assertThat(is.getGapMs()).as("ms of gaps").isEqualTo(expected.getGapMs());
        assertThat(is.getRestarts()).as("restarts").isZero();
        assertThat(is.getEndReason()).as("end").isEqualTo(EndReason.LAST_CHUNK);
    }

    /** Records of a topic, as its offsets say (transaction markers count; a topic without records has none). */
    private long size(String topic) throws Exception {
        try (Admin admin = Admin.create(KafkaSettings.admin(config))) {
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .forEach(partition ->
                            asked.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
            return admin.listOffsets(asked).all().get().values().stream()
                    .mapToLong(offset -> offset.offset())
                    .sum();
        }
    }

    @Override
    public void close() throws InterruptedException {
        reader.stop();
        thread.join();
    }
}
