package io.undertone.classify;

import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.audio.AudioStream;
import io.undertone.failure.Failure;
import io.undertone.ingest.ChunkRefusedException;
import io.undertone.ingest.LegId;
import io.undertone.model.EmotionModel;
import io.undertone.source.Voice;
import io.undertone.window.LegReport;
import io.undertone.window.LegSettings;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Legs of files to events and summaries, by the same model and vote as in the stream. Not thread-safe. */
public final class FileClassifier {
    private final EmotionModel model;
    private final Clock clock;

    public FileClassifier(EmotionModel model, Clock clock) {
        this.model = model;
        this.clock = clock;
    }

    /** Classifies all windows of a leg; {@code events} receives each event at once. */
    public CallSummary classify(LegId id, FileLeg leg, Consumer<EmotionEvent> events) {
        LegJudge judge = new LegJudge(id, model, clock, events);
        leg.windows().forEach(judge::add);
        return judge.end(leg.report());
    }

    /** Receives the results for a call. */
    public interface Listener {
        void event(Voice voice, EmotionEvent event);

        void summary(Voice voice, CallSummary summary);
    }

    /**
     * Judges voices of a call while it is read. The first one's events come as they are known, those of a further one once the summary of
     * the one before was given.
     *
     * @param audio from the beginning on; times count from there
     * @throws Failure where it holds no audio, or some that cannot be used
     */
    public void classify(String callId, AudioStream audio, List<Voice> voices, LegSettings settings, Listener listener)
            throws IOException {
        List<LegJudge> judges = new ArrayList<>();
        List<List<EmotionEvent>> kept = new ArrayList<>();
        List<CallFeed.Channel> channels = new ArrayList<>();
        for (Voice voice : voices) {
            List<EmotionEvent> later = new ArrayList<>();
            Consumer<EmotionEvent> events = judges.isEmpty() ? event -> listener.event(voice, event) : later::add;
            LegJudge judge = new LegJudge(new LegId(callId, voice.role()), model, clock, events);
            judges.add(judge);
            kept.add(later);
            channels.add(new CallFeed.Channel(voice.channel(), judge::add));
        }
        List<LegReport> reports = run(callId, audio, settings, channels);
        for (int i = 0; i < voices.size(); i++) {
            Voice voice = voices.get(i);
            CallSummary summary = judges.get(i).end(reports.get(i));
            kept.get(i).forEach(event -> listener.event(voice, event));
            listener.summary(voice, summary);
        }
    }

    private List<LegReport> run(String callId, AudioStream audio, LegSettings settings, List<CallFeed.Channel> channels)
            throws IOException {
        try {
            List<LegReport> reports = new CallFeed(model.spec(), settings, 0).run(audio, channels);
            if (reports.isEmpty()) {
                throw new Failure("holds no audio: " + callId);
            }
            return reports;
        } catch (ChunkRefusedException e) {
            throw new Failure(callId + ": " + e.getMessage(), e);
        }
    }
}
