package io.undertone.training.ordinary;

import io.undertone.inference.Ensemble;
import io.undertone.training.calls.CallAudio;
import io.undertone.training.calls.CallOpinions;
import io.undertone.training.calls.StagedCall;
import io.undertone.training.condition.Condition;
import io.undertone.training.condition.LineAudio;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.MonoRecording;
import io.undertone.training.corpus.Recordings;
import io.undertone.training.hearing.FarEnd;
import io.undertone.training.hearing.HeardLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Plays recordings over a telephone line into the same leg code as in serving and collects the voters' opinions on their windows. Ordinary
 * speech: the recordings of one speaker make one call, in file order, trimmed to their speech, with the pauses of staged calls ({@link
 * CallAudio}). Other sound: each complete file is a call. Not thread-safe.
 */
public final class CallPlayer {
    /** Calls whose windows are in memory at a time. */
    private static final int BATCH = 32;

    private final Ensemble ensemble;
    private final FarEnd farEnd;
    private final long seed;

    /**
     * @param seed for pauses and the noise in them
     */
    public CallPlayer(Ensemble ensemble, FarEnd farEnd, long seed) {
        this.ensemble = ensemble;
        this.farEnd = farEnd;
        this.seed = seed;
    }

    private record Heard(String kind, String source, int recordings, HeardLine line) {}

    /**
     * Ordinary speech: one call per speaker.
     *
     * @param clips of any corpora
     * @param progress called with the number of calls done and in total
     */
    public List<HeardCall> speech(List<Clip> clips, BiConsumer<Integer, Integer> progress) {
        Map<String, List<Clip>> bySpeaker = new TreeMap<>();
        clips.forEach(clip -> bySpeaker
                .computeIfAbsent(clip.speakerKey(), speaker -> new ArrayList<>())
                .add(clip));
        return play(List.copyOf(bySpeaker.values()), this::joined, progress);
    }

    /**
     * Other sound: one call per file.
     *
     * @param progress called with the number of calls done and in total
     */
    public List<HeardCall> notSpeech(List<Clip> files, BiConsumer<Integer, Integer> progress) {
        return play(files, this::whole, progress);
    }

    private Heard joined(List<Clip> clips) {
        Clip first = clips.get(0);
        StagedCall script = new StagedCall("ordinary/" + first.speakerKey(), clips.size(), clips);
        return heard(first, clips.size(), CallAudio.of(script, seed).audio());
    }

    private Heard whole(Clip file) {
        MonoRecording recording = Recordings.read(file);
        return heard(
                file, 1, Condition.TELEPHONE.apply(recording.samples(), recording.sampleRateHz(), seed, file.key()));
    }

    private Heard heard(Clip first, int recordings, LineAudio audio) {
        return new Heard(first.corpus(), first.speaker(), recordings, farEnd.hear(audio));
    }

    private <T> List<HeardCall> play(List<T> sources, Function<T, Heard> hear, BiConsumer<Integer, Integer> progress) {
        List<HeardCall> played = new ArrayList<>();
        for (int from = 0; from < sources.size(); from += BATCH) {
            Stream<T> some = sources.subList(from, Math.min(sources.size(), from + BATCH)).parallelStream();
            for (Heard call : some.map(hear).toList()) {
                played.add(new HeardCall(
                        call.kind(),
                        call.source(),
                        call.recordings(),
                        call.line().durationMs(),
                        call.line().silentWindows(),
                        call.line().notSpeechWindows(),
                        CallOpinions.ask(ensemble, call.line().windows(), List.of())));
                progress.accept(played.size(), sources.size());
            }
        }
        return played;
    }
}
