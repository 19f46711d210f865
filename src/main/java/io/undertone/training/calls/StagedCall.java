package io.undertone.training.calls;

import io.undertone.training.corpus.Clip;
import io.undertone.training.network.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The script of a call by one speaker of a corpus: a sequence of clips in which the emotion changes after a fixed number of them.
 *
 * @param name unique within a run
 * @param episode utterances in a row with one emotion; {@link #MIXED} for one of {@link MixedCalls}
 * @param clips in the order in which they are spoken
 */
public record StagedCall(String name, int episode, List<Clip> clips) {
    /** How long episodes are, in utterances. */
    public static final List<Integer> EPISODES = List.of(1, 2, 4, 8, 16);

    /** Instead of a length: ordinary speech, with at most one stretch of another emotion. */
    public static final int MIXED = 0;

    private static final int LEAST_UTTERANCES = 24;
    private static final int LEAST_EPISODES = 2;
    private static final int LEAST_CLIPS = 6;

    public StagedCall {
        clips = List.copyOf(clips);
    }

    /** The clips of speakers with at least two emotions and {@value #LEAST_CLIPS} clips; calls of other speakers would be uninformative. */
    public static List<Clip> tellingSpeakers(List<Clip> clips) {
        Map<String, List<Clip>> bySpeaker = clips.stream().collect(Collectors.groupingBy(Clip::speakerKey));
        return clips.stream()
                .filter(clip -> {
                    List<Clip> own = bySpeaker.getOrDefault(clip.speakerKey(), List.of());
                    return own.size() >= LEAST_CLIPS
                            && own.stream().map(Clip::label).distinct().count() > 1;
                })
                .toList();
    }

    /**
     * One call for each speaker and length of episode, of at least 24 utterances and two episodes. Emotions follow each other at random,
     * never twice in a row; a clip repeats only after all others of its speaker and emotion were used.
     *
     * @param clips of any speakers
     * @param seed fixes all randomness
     */
    public static List<StagedCall> of(List<Clip> clips, long seed) {
        List<StagedCall> calls = new ArrayList<>();
        bySpeaker(clips).forEach((speaker, byLabel) -> {
            for (int episode : EPISODES) {
                String name = speaker + "/" + episode;
                calls.add(new StagedCall(
                        name, episode, script(byLabel, episode, new Random(Seeds.derive(seed, "staged/" + name)))));
            }
        });
        return calls;
    }

    /** Clips by speaker and by label, both in order. */
    static Map<String, Map<String, List<Clip>>> bySpeaker(List<Clip> clips) {
        Map<String, Map<String, List<Clip>>> bySpeaker = new TreeMap<>();
        for (Clip clip : clips) {
            bySpeaker
                    .computeIfAbsent(clip.speakerKey(), key -> new TreeMap<>())
                    .computeIfAbsent(clip.label(), key -> new ArrayList<>())
                    .add(clip);
        }
        return bySpeaker;
    }

    private static List<Clip> script(Map<String, List<Clip>> byLabel, int episode, Random random) {
        List<String> labels = new ArrayList<>(byLabel.keySet());
        Map<String, List<Clip>> left = new LinkedHashMap<>();
        List<Clip> script = new ArrayList<>();
        int episodes = Math.max(LEAST_EPISODES, LEAST_UTTERANCES / episode);
        int label = -1;
        for (int i = 0; i < episodes; i++) {
            label = label < 0 || labels.size() == 1
                    ? random.nextInt(labels.size())
                    : (label + 1 + random.nextInt(labels.size() - 1)) % labels.size();
            List<Clip> own = byLabel.getOrDefault(labels.get(label), List.of());
            List<Clip> deck = left.computeIfAbsent(labels.get(label), key -> new ArrayList<>());
            for (int utterance = 0; utterance < episode; utterance++) {
                if (deck.isEmpty()) {
                    deck.addAll(own);
                    Collections.shuffle(deck, random);
                }
                script.add(deck.remove(deck.size() - 1));
            }
        }
        return script;
    }
}
