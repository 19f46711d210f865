package io.undertone.gateway;

import io.undertone.Role;
import io.undertone.gateway.FormerLegs.Standing;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A call and its legs, whatever connections bring them: all share the moment of position 0, which is that of the first audio. A
 * connection that is lost may be followed by another, and its legs go on where the clock stands. Thread-safe.
 */
final class LiveCall {
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final String platform;
    private final String callId;
    private final LegOutput.Factory outputs;
    private final Map<Role, Standing> former;
    private final Map<Role, CallLeg> legs = new EnumMap<>(Role.class);
    private final Set<Session> sessions = new HashSet<>();
    private final Map<Session, StreamStart> streams = new HashMap<>();
    private final CallLeg.StreamTime time = new Time();
    private long originMs;
    private long leftSinceMs = UNKNOWN;

    LiveCall(String platform, String callId, Map<Role, Standing> former, LegOutput.Factory outputs) {
        this.platform = platform;
        this.callId = callId;
        this.outputs = outputs;
        this.former = new EnumMap<>(Role.class);
        this.former.putAll(former);
        this.originMs =
                former.values().stream().mapToLong(Standing::originMs).min().orElse(UNKNOWN);
    }

    String callId() {
        return callId;
    }

    synchronized void join(Session session) {
        sessions.add(session);
        leftSinceMs = UNKNOWN;
    }

    /** @return false where the audio is of no use: the leg is another connection's now, or its rate has changed */
    synchronized boolean media(
            Session session,
            Role role,
            AudioForm form,
            ByteBuffer bytes,
            SourceTime time,
            boolean counted,
            long nowMs) {
        long begunMs = nowMs - form.ms(bytes.remaining() / form.bytesPerSample());
        if (originMs == UNKNOWN) {
            originMs = begunMs;
        }
        // Before the leg, so that the first timestamp of the connection is the first of any leg.
        StreamStart stream = streams.computeIfAbsent(session, s -> new StreamStart(begunMs - originMs));
        stream.heard(time);
        CallLeg leg = legs.get(role);
        if (leg == null) {
            leg = begin(session, role, form);
        } else if (leg.owner() != session) {
            if (!session.isLaterThan(leg.owner()) && sessions.contains(leg.owner())) {
                return false;
            }
            leg.handTo(session, form.samples(stream.offsetMs));
        }
        if (leg.sampleRateHz() != form.sampleRateHz()) {
            return false;
        }
        leg.media(form, bytes, time, counted, nowMs);
        return true;
    }

    private CallLeg begin(Session session, Role role, AudioForm form) {
        Standing before = former.remove(role);
        boolean goesOn = before != null && before.sampleRateHz() == form.sampleRateHz();
        CallLeg leg = new CallLeg(
                form.sampleRateHz(),
                before != null && goesOn ? before.end() : 0,
                outputs.open(platform, callId, role),
                time,
                session);
        if (goesOn) {
            StreamStart stream = streams.get(session);
            leg.handTo(session, stream == null ? 0 : form.samples(stream.offsetMs));
        }
        legs.put(role, leg);
        return leg;
    }

    synchronized void leftOut(Session session, long ms) {
        of(session).forEach(leg -> leg.leftOut(ms));
    }

    synchronized void tones(Session session) {
        of(session).forEach(CallLeg::tones);
    }

    synchronized void tick(Session session, long nowMs) {
        of(session).forEach(leg -> leg.tick(nowMs));
    }

    /** The connection is gone, and another may follow. */
    synchronized void leave(Session session, long nowMs) {
        of(session).forEach(CallLeg::flush);
        forget(session, nowMs);
    }

    /** The connection's legs are complete. */
    synchronized void end(Session session, long nowMs) {
        legs.values().removeIf(leg -> {
            boolean mine = leg.owner() == session;
            if (mine) {
                leg.end();
            }
            return mine;
        });
        forget(session, nowMs);
    }

    private void forget(Session session, long nowMs) {
        sessions.remove(session);
        streams.remove(session);
        if (sessions.isEmpty()) {
            leftSinceMs = nowMs;
        }
    }

    /** Ends legs whose connection did not come back; whether the call is over. */
    synchronized boolean endIfLeft(long nowMs, long graceMs) {
        if (!sessions.isEmpty()) {
            return false;
        }
        if (!legs.isEmpty() && (leftSinceMs == UNKNOWN || nowMs - leftSinceMs < graceMs)) {
            return false;
        }
        legs.values().forEach(CallLeg::end);
        legs.clear();
        return true;
    }

    private List<CallLeg> of(Session session) {
        List<CallLeg> mine = new ArrayList<>();
        for (CallLeg leg : legs.values()) {
            if (leg.owner() == session) {
                mine.add(leg);
            }
        }
        return mine;
    }

    /** Where a connection began within its call. */
    private static final class StreamStart {
        private final long offsetMs;
        private long firstTimestampMs = -1;

        /** @param offsetMs from the position 0 of the call to the connection's first audio */
        private StreamStart(long offsetMs) {
            this.offsetMs = Math.max(0, offsetMs);
        }

        private void heard(SourceTime time) {
            if (firstTimestampMs < 0 && time.hasTimestamp()) {
                firstTimestampMs = time.timestampMs();
            }
        }
    }

    /** Positions in time. */
    private final class Time implements CallLeg.StreamTime {
        @Override
        public long originMs() {
            return originMs;
        }

        @Override
        public long sinceOrigin(Session session, Frame frame) {
            StreamStart stream = streams.get(session);
            if (stream == null || stream.firstTimestampMs < 0) {
                return 0;
            }
            return stream.offsetMs + frame.time().timestampMs() - stream.firstTimestampMs;
        }
    }
}
