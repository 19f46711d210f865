package io.undertone.web;

import io.undertone.EmotionEvent;
import io.undertone.Sentiment;
import io.undertone.affect.Affect;
import io.undertone.codec.AvroCodec;
import io.undertone.codec.UnreadableRecordException;
import io.undertone.publish.EmotionEvents;

/**
 * One stored event: the fields that the band shows, and the whole record as Avro bytes (some 400 of them; the record itself takes
 * five times as much). Immutable.
 */
final class SeenWindow {
    private static final ThreadLocal<AvroCodec<EmotionEvent>> CODEC =
            ThreadLocal.withInitial(() -> new AvroCodec<>(EmotionEvent.class));

    /** The version of {@link LiveCalls} that added it. */
    final long version;

    final int index;
    final long startMs;
    final long endMs;
    final long capturedAtMs;
    final String label;
    final float confidence;
    final float agreement;
    final float speechRatio;
    final float levelDb;
    final Sentiment sentiment;
    final float valence;
    final float arousal;
    private final byte[] record;

    private SeenWindow(long version, EmotionEvent event, byte[] record) {
        this.version = version;
        this.index = event.getIndex();
        this.startMs = event.getStartMs();
        this.endMs = event.getEndMs();
        this.capturedAtMs = event.getCapturedAt().toEpochMilli();
        this.label = event.getLabel().intern();
        this.confidence = (float) event.getConfidence();
        this.agreement = (float) event.getAgreement();
        this.speechRatio = event.getSpeechRatio();
        this.levelDb = event.getLevelDb();
        Affect affect = EmotionEvents.affect(event);
        this.sentiment = affect.sentiment();
        this.valence = (float) affect.valence();
        this.arousal = (float) affect.arousal();
        this.record = record;
    }

    static SeenWindow of(long version, EmotionEvent event) {
        return new SeenWindow(version, event, CODEC.get().encode(event));
    }

    /** The event, including votes and probabilities. */
    EmotionEvent event() {
        try {
            return CODEC.get().decode(record);
        } catch (UnreadableRecordException e) {
            throw new IllegalStateException("what was encoded here can be decoded", e);
        }
    }

    /** The leg's start according to this window, epoch ms. */
    long legStartedAtMs() {
        return capturedAtMs - endMs;
    }
}
