package io.undertone.training.calls;

import io.undertone.training.corpus.Clip;
import io.undertone.training.network.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Realistic calls: ordinary speech throughout, or with one emotional stretch. Each speaker with at least {@value #LEAST_ORDINARY} neutral
 * clips has one call of neutral speech only, and one for each other emotion with clips, up to {@value #MOST_STRETCHES}: eight neutral
 * utterances, six of that emotion, eight neutral ones. Confidences are calibrated on such calls.
 */
public final class MixedCalls {
    private static final String ORDINARY = "neutral";
    private static final int LEAST_ORDINARY = 3;
    private static final int MOST_STRETCHES = 3;
    private static final int BEFORE = 8;
    private static final int STRETCH = 6;
    private static final int AFTER = 8;

    private MixedCalls() {}

    /**
     * The calls; a clip repeats only after all others of its speaker and emotion were used.
     *
     * @param clips of any speakers
     * @param seed fixes all randomness
     */
    public static List<StagedCall> of(List<Clip> clips, long seed) {
        List<StagedCall> calls = new ArrayList<>();
        StagedCall.bySpeaker(clips).forEach((speaker, byLabel) -> {
            if (byLabel.getOrDefault(ORDINARY, List.of()).size() >= LEAST_ORDINARY) {
                calls.addAll(of(speaker, byLabel, seed));
            }
        });
        return calls;
    }

    private static List<StagedCall> of(String speaker, Map<String, List<Clip>> byLabel, long seed) {
        Random random = new Random(Seeds.derive(seed, "mixed/" + speaker));
        List<Clip> ordinary = byLabel.getOrDefault(ORDINARY, List.of());
        List<StagedCall> calls = new ArrayList<>();
        calls.add(call(speaker + "/ordinary", deal(ordinary, BEFORE + STRETCH + AFTER, random)));
        List<String> emotions = new ArrayList<>(byLabel.keySet());
        emotions.remove(ORDINARY);
        Collections.shuffle(emotions, random);
        for (String emotion : emotions.subList(0, Math.min(MOST_STRETCHES, emotions.size()))) {
            List<Clip> moved = byLabel.getOrDefault(emotion, List.of());
            calls.add(call(speaker + "/" + emotion, script(ordinary, moved, random)));
        }
        return calls;
    }

    /**
     * Calls with a stretch of one emotion: one for each speaker with at least {@value #LEAST_ORDINARY} neutral clips who also has clips of
     * it.
     *
     * @param clips of any speakers
     * @param seed fixes all randomness
     */
    public static List<StagedCall> withStretchOf(String emotion, List<Clip> clips, long seed) {
        List<StagedCall> calls = new ArrayList<>();
        StagedCall.bySpeaker(clips).forEach((speaker, byLabel) -> {
            List<Clip> ordinary = byLabel.getOrDefault(ORDINARY, List.of());
            List<Clip> moved = byLabel.getOrDefault(emotion, List.of());
            if (ordinary.size() >= LEAST_ORDINARY && !moved.isEmpty()) {
                Random random = new Random(Seeds.derive(seed, "stretch/" + emotion + "/" + speaker));
                calls.add(call(speaker + "/" + emotion, script(ordinary, moved, random)));
            }
        });
        return calls;
    }

    private static List<Clip> script(List<Clip> ordinary, List<Clip> moved, Random random) {
        List<Clip> script = new ArrayList<>(deal(ordinary, BEFORE, random));
        script.addAll(deal(moved, STRETCH, random));
        script.addAll(deal(ordinary, AFTER, random));
        return script;
    }

    private static StagedCall call(String name, List<Clip> script) {
        return new StagedCall("mixed/" + name, StagedCall.MIXED, script);
    }

    private static List<Clip> deal(List<Clip> clips, int count, Random random) {
        List<Clip> dealt = new ArrayList<>();
        List<Clip> deck = new ArrayList<>();
        while (dealt.size() < count) {
            if (deck.isEmpty()) {
                deck.addAll(clips);
                Collections.shuffle(deck, random);
            }
            dealt.add(deck.remove(deck.size() - 1));
        }
        return dealt;
    }
}
