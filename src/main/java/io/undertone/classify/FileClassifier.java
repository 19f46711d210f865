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
import io.undertone.window.Window;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Legs of files to events and summaries, by the same model and vote as in the stream. Not thread-safe. */
public final class FileClassifier {
    private static final int BATCH = 64;

    private final EmotionModel model;
    private final Clock clock;
    private final Probabilities probabilities;

    public FileClassifier(EmotionModel model, Clock clock) {
        this.model = model;
        this.clock = clock;
        this.probabilities = new Probabilities(
                model.ensemble().voters().size(), model.ensemble().labels().size());
    }

    /** Judges all windows of a leg; {@code events} gets their events as they come. */
    public CallSummary classify(LegId id, FileLeg leg, Consumer<EmotionEvent> events) {
        CallTally tally = new CallTally();
        Belief belief = Belief.NONE;
        List<Window> windows = leg.windows();
        for (int from = 0; from < windows.size(); from += BATCH) {
            List<Window> batch = new ArrayList<>(windows.subList(from, Math.min(windows.size(), from + BATCH)));
            model.ensemble().predict(batch, probabilities);
            for (int i = 0; i < batch.size(); i++) {
                Window window = batch.get(i);
                Judgement judgement = model.vote().judge(Opinion.of(probabilities, i), belief, window.endMs());
                belief = judgement.belief();
                EmotionEvent event = EmotionEvents.of(id, window, judgement.verdict(), model.id(), clock.millis());
                tally.add(event);
                events.accept(event);
            }
        }
        return tally.summary(
                id, new WindowRecords(model.spec()).ofEnd(id, leg.report()).getEnd(), model.id(), clock.millis());
    }
}
