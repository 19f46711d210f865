package io.undertone.classify;

import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.inference.Probabilities;
import io.undertone.ingest.LegId;
import io.undertone.model.EmotionModel;
import io.undertone.publish.CallTally;
import io.undertone.publish.EmotionEvents;
import io.undertone.publish.WindowRecords;
import io.undertone.vote.Belief;
import io.undertone.vote.LegVote.Judgement;
import io.undertone.vote.Opinion;
import io.undertone.window.LegReport;
import io.undertone.window.Window;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The windows of one leg to events, some at once, and at its end to a summary. Not thread-safe. */
final class LegJudge {
    private static final int BATCH = 64;

    private final LegId id;
    private final EmotionModel model;
    private final Clock clock;
    private final Consumer<EmotionEvent> events;
    private final Probabilities probabilities;
    private final List<Window> waiting = new ArrayList<>(BATCH);
    private final CallTally tally = new CallTally();
    private Belief belief = Belief.NONE;

    /** @param events gets them, in order */
    LegJudge(LegId id, EmotionModel model, Clock clock, Consumer<EmotionEvent> events) {
        this.id = id;
        this.model = model;
        this.clock = clock;
        this.events = events;
        this.probabilities = new Probabilities(
                model.ensemble().voters().size(), model.ensemble().labels().size());
    }

    /** Takes the next window. */
    void add(Window window) {
        waiting.add(window);
        if (waiting.size() == BATCH) {
            judge();
        }
    }

    private void judge() {
        if (waiting.isEmpty()) {
            return;
        }
        model.ensemble().predict(List.copyOf(waiting), probabilities);
        for (int i = 0; i < waiting.size(); i++) {
            Window window = waiting.get(i);
            Judgement judgement = model.vote().judge(Opinion.of(probabilities, i), belief, window.endMs());
            belief = judgement.belief();
            EmotionEvent event =
                    EmotionEvents.of(id, window, judgement.verdict(), model.affect(), model.id(), clock.millis());
            tally.add(event);
            events.accept(event);
        }
        waiting.clear();
    }

    /** Judges what waits, and sums up. */
    CallSummary end(LegReport report) {
        judge();
        return tally.summary(
                id, new WindowRecords(model.spec()).ofEnd(id, report).getEnd(), model.id(), clock.millis());
    }
}
