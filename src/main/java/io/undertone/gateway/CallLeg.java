package io.undertone.gateway;

import java.nio.ByteBuffer;

/**
 * One leg being received: puts its frames in order and at their positions, in whole samples, and mutes tones. Not thread-safe.
 */
final class CallLeg {
    /** How much audio after a tone's message is muted; before it, all that is not yet published. */
    static final int TONE_MS = 300;

    private final int sampleRateHz;
    private final LegOutput output;
    private final LegTimeline timeline;
    private final FrameOrder order;
    private final WholeSamples whole = new WholeSamples();
    private final StreamTime streamTime;
    private Session owner;
    private boolean counted;
    /** Position up to which audio is muted, whatever gaps are inserted meanwhile. */
    private long quietUntil;

    private long placedUntil;

    /** When a leg's samples were spoken. */
    interface StreamTime {
        /** Epoch ms of position 0 of the call. */
        long originMs();

        /** Ms from there to a frame's timestamp. */
        long sinceOrigin(Session session, Frame frame);
    }

    CallLeg(int sampleRateHz, long from, LegOutput output, StreamTime streamTime, Session owner) {
        this.sampleRateHz = sampleRateHz;
        this.output = output;
        this.streamTime = streamTime;
        this.owner = owner;
        this.timeline = new LegTimeline(sampleRateHz, from, this::passed, this::place);
        this.order = new FrameOrder(this::inOrder);
    }

    int sampleRateHz() {
        return sampleRateHz;
    }

    Session owner() {
        return owner;
    }

    /** Position after all audio received. */
    long next() {
        return timeline.next();
    }

    /** Hands the leg over to another connection. */
    void handTo(Session session, long position) {
        order.restart();
        whole.clear();
        timeline.moveTo(position);
        owner = session;
    }

    /** @param counted whether audio without a timestamp directly follows the audio before it */
    void media(AudioForm form, ByteBuffer bytes, SourceTime time, boolean counted, long nowMs) {
        this.counted = counted;
        if (time.hasSequence()) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            order.take(new Frame(form, copy, time, nowMs));
        } else {
            cut(form, bytes, time, nowMs);
        }
    }

    private void inOrder(Frame frame) {
        cut(frame.form(), ByteBuffer.wrap(frame.bytes()), frame.time(), frame.arrivedMs());
    }

    private void cut(AudioForm form, ByteBuffer bytes, SourceTime time, long arrivedMs) {
        byte[] samples = whole.take(bytes, form.bytesPerSample());
        if (samples.length == 0) {
            return;
        }
        form.order(samples);
        Frame frame = new Frame(form, samples, time, arrivedMs);
        if (time.hasTimestamp()) {
            timeline.byTimestamp(frame, streamTime.sinceOrigin(owner, frame));
        } else if (counted) {
            timeline.byCount(frame);
        } else {
            timeline.byArrival(frame, arrivedMs - form.ms(frame.samples()) - streamTime.originMs());
        }
    }

    private void passed(long samples) {
        if (quietUntil > placedUntil) {
            quietUntil += samples;
        }
        owner.passed(samples * 1_000 / sampleRateHz);
    }

    private void place(long position, AudioForm form, byte[] samples, long arrivedMs) {
        placedUntil = position + samples.length / form.bytesPerSample();
        if (position < quietUntil) {
            int quiet = (int) Math.min(samples.length, (quietUntil - position) * form.bytesPerSample());
            java.util.Arrays.fill(samples, 0, quiet, form.zero());
        }
        output.add(form, position, streamTime.originMs() + form.ms(position), samples, arrivedMs);
    }

    void leftOut(long ms) {
        order.finish();
        timeline.leftOut(ms);
    }

    void tones() {
        output.silenceWaiting();
        quietUntil = timeline.next() + (order.heldMs() + TONE_MS) * sampleRateHz / 1_000;
    }

    void tick(long nowMs) {
        order.tick(nowMs);
        timeline.tick(nowMs);
    }

    /** Its connection closed; another may continue the leg. */
    void flush() {
        order.finish();
        timeline.decide();
        output.flush();
    }

    void end() {
        order.finish();
        timeline.decide();
        output.end();
    }
}
