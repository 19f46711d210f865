package io.undertone.training.corpus;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which clips of each speaker are ordinary speech: neutral or calm. Immutable, thread-safe. */
public final class OrdinarySpeech {
    private static final Set<String> LABELS = Set.of("neutral", "calm");

    private final Map<String, List<Clip>> bySpeaker;

    /**
     * @param clips of all speakers
     */
    public OrdinarySpeech(List<Clip> clips) {
        bySpeaker = clips.stream().collect(Collectors.groupingBy(Clip::speakerKey));
    }

    /** All clips of a clip's speaker, itself included, in order. */
    public List<Clip> ofSpeaker(Clip clip) {
        return bySpeaker.getOrDefault(clip.speakerKey(), List.of());
    }

    /** The speaker's other clips that are neutral or calm, in order. */
    public List<Clip> besides(Clip clip) {
        return ofSpeaker(clip).stream()
                .filter(other -> LABELS.contains(other.label()) && !other.equals(clip))
                .toList();
    }
}
