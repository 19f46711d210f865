package io.undertone.cli;

import io.undertone.config.UndertoneConfig;
import io.undertone.kafka.Cluster;
import io.undertone.kafka.EventListener;
import io.undertone.kafka.EventReader;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code undertone watch}. */
@Command(
        name = "watch",
        description = {
            "Prints events, summaries, conversations and alerts as they come, until Ctrl-C.",
            "On a terminal, a row for each live leg, updated in place; a line for each event in a pipe, or with NO_COLOR."
        })
final class WatchCommand extends UndertoneSubcommand {
    private static final Duration POLL = Duration.ofSeconds(1);

    @Option(names = "--call-id", paramLabel = "ID", description = "Only this call.")
    private @Nullable String callId;

    @Option(names = "--from-beginning", description = "Begin with the oldest events instead of new ones.")
    private boolean fromBeginning;

    @Option(
            names = "--json",
            description = "One JSON object for each event, summary, conversation and alert on standard output.")
    private boolean json;

    @Option(names = "--feedback", description = "Only feedback on labels, from the page or POST /api/feedback.")
    private boolean feedback;

    @Option(
            names = "--to-end",
            description =
                    "End once all records that existed at the start have been printed; with --from-beginning, a whole topic.")
    private boolean toEnd;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() throws InterruptedException {
        Logging.quietKafka(debug());
        UndertoneConfig config = options.load(surroundings());
        try (Cluster cluster = Cluster.reach(config, this::say)) {
            cluster.require(topics(config), options.topicsCommand(config));
        }
        EventListener printer = callId == null ? printer() : new OneCall(callId, printer());
        try (EventReader reader = feedback
                ? EventReader.openFeedback(config, fromBeginning)
                : EventReader.openAll(config, fromBeginning)) {
            StopSignal stop = StopSignal.install(reader::stop);
            say("watching " + String.join(", ", topics(config)) + " at " + config.bootstrapServers()
                    + (toEnd ? "" : "; Ctrl-C ends it"));
            while (!stop.isRequested() && !surroundings().out().checkError() && !(toEnd && reader.hasReadAll())) {
                reader.poll(POLL, printer);
            }
        }
        return Errors.DONE;
    }

    private List<String> topics(UndertoneConfig config) {
        return feedback
                ? List.of(config.emotionFeedbackTopic())
                : List.of(
                        config.emotionEventsTopic(),
                        config.callSummariesTopic(),
                        config.callConversationsTopic(),
                        config.emotionAlertsTopic());
    }

    /** A table updated in place on a colour terminal; otherwise lines. */
    private EventListener printer() {
        return json || feedback || !surroundings().colour()
                ? EventPrinters.of(surroundings(), json)
                : new LiveTable(surroundings().out());
    }
}
