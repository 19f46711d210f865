package io.undertone.gateway;

import io.undertone.EmotionEvent;
import io.undertone.Role;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection: its decoder's events become audio of a call's legs. Lives from the handshake to {@link #closed}. Replies are sent first;
 * publishing never blocks. Thread-safe.
 */
final class Session implements CallSink {
    private final Platform platform;
    private final Decoder decoder;
    private final SessionRules rules;
    private final Calls calls;
    private final Peer peer;
    private final Guard.FirstMessage token;
    private final SessionWatch watch;
    private final LongSupplier clockMs;
    private final long number;
    private final long openedMs;
    private long heardMs;
    private @Nullable LiveCall call;
    private boolean counted;
    private boolean over;
    private Runnable whenOver = () -> {};

    /**
     * @param peer the other end
     * @param token the check of the first message
     * @param watch told what happens
     * @param clockMs epoch ms that never decrease
     * @param number larger than that of every earlier session
     */
    Session(
            Platform platform,
            Decoder decoder,
            SessionRules rules,
            Calls calls,
            Peer peer,
            Guard.FirstMessage token,
            SessionWatch watch,
            LongSupplier clockMs,
            long number) {
        this.platform = platform;
        this.decoder = decoder;
        this.rules = rules;
        this.calls = calls;
        this.peer = peer;
        this.token = token;
        this.watch = watch;
        this.clockMs = clockMs;
        this.number = number;
        this.openedMs = clockMs.getAsLong();
        this.heardMs = openedMs;
    }

    Platform platform() {
        return platform;
    }

    boolean isLaterThan(Session other) {
        return number > other.number;
    }

    /** @param whenOver run once, when the session stops accepting messages */
    synchronized void onOver(Runnable whenOver) {
        this.whenOver = whenOver;
    }

    /** Reports a gap without audio. */
    void passed(long ms) {
        watch.gap(ms);
    }

    /** Takes a text message. */
    synchronized void text(String message) {
        take(() -> decoder.text(message, this));
    }

    /** Takes a binary message, or the bytes read from a byte stream. */
    synchronized void binary(ByteBuffer bytes) {
        take(() -> decoder.binary(bytes, this));
    }

    private void take(Step step) {
        if (over) {
            return;
        }
        heardMs = clockMs.getAsLong();
        watch.message();
        go(step);
    }

    private void go(Step step) {
        try {
            step.run();
        } catch (RefusedException e) {
            refuse(e);
        } catch (RuntimeException e) {
            // A defect that shows in one call must not affect other calls.
            watch.broken(e);
            refuse(new RefusedException(Refusal.PROTOCOL, "a message must be one of the protocol's"));
        }
    }

    private void refuse(RefusedException e) {
        watch.refused(e);
        peer.close(e.refusal() == Refusal.SESSIONS ? CloseCode.TRY_AGAIN_LATER : CloseCode.POLICY, e.reason());
        // Audio received so far is published; the call itself has not ended.
        leave();
    }

    /** Runs the periodic work. To be called several times per second. */
    synchronized void tick() {
        if (!over) {
            go(this::passTime);
        }
    }

    private void passTime() {
        long now = clockMs.getAsLong();
        decoder.tick(now, this);
        if (over) {
            return;
        }
        if (call != null) {
            call.tick(this, now);
            if (now - heardMs > rules.idleMs()) {
                finish();
                peer.close(CloseCode.GOING_AWAY, "nothing came for " + rules.idleMs() + " ms");
            }
        } else if (!decoder.isKeptWithoutCall() && now - openedMs > rules.firstMessageMs()) {
            refuse(new RefusedException(
                    Refusal.NO_START, "a call must be opened within " + rules.firstMessageMs() + " ms"));
        } else if (now - heardMs > rules.idleMs()) {
            stopTaking();
            peer.close(CloseCode.GOING_AWAY, "nothing came for " + rules.idleMs() + " ms");
        }
    }

    /**
     * The connection has closed.
     *
     * @param inOrder whether it was closed, which ends the call, or lost, after which another may follow
     */
    synchronized void closed(boolean inOrder) {
        if (over) {
            return;
        }
        if (inOrder) {
            finish();
        } else {
            leave();
        }
    }

    /** Takes an emotion event of any call. */
    synchronized void heard(EmotionEvent event) {
        if (!over && call != null && call.callId().equals(event.getCallId())) {
            decoder.heard(event, this);
        }
    }

    /** The gateway stops: tells the platform to reconnect and publishes what was received. */
    synchronized void stop() {
        if (!over) {
            decoder.stopping(this);
            leave();
        }
    }

    private void stopTaking() {
        if (!over) {
            over = true;
            whenOver.run();
        }
    }

    private void leave() {
        boolean first = !over;
        stopTaking();
        if (first && call != null) {
            call.leave(this, clockMs.getAsLong());
        }
    }

    private void finish() {
        boolean first = !over;
        stopTaking();
        if (first && call != null) {
            call.end(this, clockMs.getAsLong());
        }
    }

    @Override
    public void open(CallStart start) throws RefusedException {
        token.check(start.token());
        if (!start.hasGoodCallId()) {
            throw new RefusedException(
                    Refusal.CALL_ID,
                    "call id must have 1 to 256 printable characters: length="
                            + start.callId().length());
        }
        if (call == null) {
            counted = start.silence() == CallStart.Silence.IS_COUNTED;
            call = calls.join(start.callId(), this);
            call.attributes(start.attributes(rules.attributes()));
            watch.opened();
        } else if (!call.callId().equals(start.callId())) {
            odd();
        }
    }

    @Override
    public void media(Role role, AudioForm form, ByteBuffer bytes, SourceTime time) throws RefusedException {
        form.check();
        if (call == null) {
            odd();
        } else if (call.media(this, role, form, bytes, time, counted, heardMs)) {
            watch.frame();
        } else {
            odd();
        }
    }

    @Override
    public void leftOut(long ms) {
        if (call != null) {
            call.leftOut(this, ms);
        }
    }

    @Override
    public void tones() {
        if (call != null) {
            call.tones(this);
        }
    }

    @Override
    public void end() {
        finish();
    }

    @Override
    public void interrupted() {
        leave();
    }

    @Override
    public void odd() {
        watch.odd();
    }

    @Override
    public void reply(String message) {
        peer.send(message);
    }

    @Override
    public void reply(ByteBuffer bytes) {
        peer.send(bytes);
    }

    @Override
    public void close(int code, String reason) {
        peer.close(code, reason);
    }

    /** A decoder's work on one message. */
    private interface Step {
        void run() throws RefusedException;
    }
}
