package io.undertone.gateway;

import io.undertone.Role;
import io.undertone.gateway.FormerLegs.Standing;
import io.undertone.ingest.CallAttributes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A call and its legs, over any number of connections: all legs share the time of position 0, which is that of the first audio. A lost
 * connection may be followed by another, at this gateway or another one; its legs then continue at the current time, after everything
 * already published of them. Thread-safe.
 */
final class LiveCall {
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final String platform;
    private final String callId;
    private final LegOutput.Factory outputs;
    private final FormerLegs former;
    private final Map<Role, CallLeg> legs = new EnumMap<>(Role.class);
    /** Roles whose leg this call has already held, so that their published position is not looked up again. */
    private final Set<Role> begun = EnumSet.noneOf(Role.class);

    private final Set<Session> sessions = new HashSet<>();
    private final Map<Session, StreamStart> streams = new HashMap<>();
    private final CallLeg.StreamTime time = new Time();
    private long originMs = UNKNOWN;
    /** How far audio runs ahead of the clock: the first frame, which started it, was late by as much. */
    private long aheadMs;

    private long leftSinceMs = UNKNOWN;
    private CallAttributes attributes = CallAttributes.NONE;

    LiveCall(String platform, String callId, FormerLegs former, LegOutput.Factory outputs) {
        this.platform = platform;
        this.callId = callId;
        this.outputs = outputs;
        this.former = former;
    }

    String callId() {
        return callId;
    }

    synchronized void join(Session session) {
        sessions.add(session);
        leftSinceMs = UNKNOWN;
    }

    /** Takes the call's attributes from a connection, unless an earlier one set them; legs that start from now on carry them. */
    synchronized void attributes(CallAttributes said) {
        attributes = attributes.isEmpty() ? said : attributes;
    }

    /** @return false if the audio is ignored: the leg now belongs to another connection, or its rate has changed */
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
            begin(former.of(callId).values(), begunMs);
        }
        // Before the leg, so that the first timestamp of the connection is the first of any leg.
        StreamStart stream = streams.computeIfAbsent(session, s -> new StreamStart(begunMs - originMs + aheadMs));
        stream.heard(time);
        CallLeg leg = legs.get(role);
        if (leg == null) {
            leg = begin(session, role, form);
        } else if (leg.owner() != session) {
            if (!session.isLaterThan(leg.owner()) && sessions.contains(leg.owner())) {
                return false;
            }
            leg.handTo(session, Math.max(form.samples(stream.offsetMs), published(role, leg.sampleRateHz())));
        }
        if (leg.sampleRateHz() != form.sampleRateHz()) {
            return false;
        }
        leg.media(form, bytes, time, counted, nowMs);
        aheadMs = Math.max(aheadMs, originMs + form.ms(leg.next()) - nowMs);
        return true;
    }

    private void begin(Collection<Standing> published, long begunMs) {
        originMs = published.stream().mapToLong(Standing::originMs).min().orElse(begunMs);
        aheadMs = published.stream().mapToLong(Standing::aheadMs).max().orElse(0);
    }

    private CallLeg begin(Session session, Role role, AudioForm form) {
        long from = begun.add(role) ? published(role, form.sampleRateHz()) : 0;
        CallLeg leg =
                new CallLeg(form.sampleRateHz(), from, outputs.open(platform, callId, role, attributes), time, session);
        if (from > 0) {
            StreamStart stream = streams.get(session);
            leg.handTo(session, stream == null ? 0 : form.samples(stream.offsetMs));
        }
        legs.put(role, leg);
        return leg;
    }

    /** Position after all published audio of a leg; 0 if there is none, or at another rate. */
    private long published(Role role, int sampleRateHz) {
        Standing standing = former.of(callId).get(role);
        return standing == null || standing.sampleRateHz() != sampleRateHz ? 0 : standing.end();
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

    /**
     * Ends legs whose connection did not come back, but for those that another gateway has gone on with: they are that one's. Whether the
     * call is over here.
     */
    synchronized boolean endIfLeft(long nowMs, long graceMs) {
        if (!sessions.isEmpty()) {
            return false;
        }
        if (!legs.isEmpty() && (leftSinceMs == UNKNOWN || nowMs - leftSinceMs < graceMs)) {
            return false;
        }
        legs.forEach((role, leg) -> {
            if (published(role, leg.sampleRateHz()) <= leg.next()) {
                leg.end();
            }
        });
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
