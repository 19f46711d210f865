package io.undertone.gateway;

import io.undertone.Role;
import io.undertone.ingest.CallAttributes;
import io.undertone.ingest.LegId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Sessions of one gateway without any network: keeps all that would be published, by leg. */
final class HeardCalls {
    static final long START_MS = 1_700_000_000_000L;

    final AtomicLong nowMs = new AtomicLong(START_MS);
    final Map<String, HeardLeg> legs = new LinkedHashMap<>();
    final List<String> replies = new ArrayList<>();
    final List<Integer> closes = new ArrayList<>();
    final List<Refusal> refusals = new ArrayList<>();
    FormerLegs former = FormerLegs.none();
    Guard.FirstMessage token = Guard.FirstMessage.FREE;
    int odd;
    int broken;
    private long number;
    private final Calls calls;

    HeardCalls() {
        this.calls = new Calls(
                (platform, callId, role, attributes) -> leg(callId, role, attributes), callId -> former.of(callId));
    }

    /** @param outputs take what would be heard, in place of {@link #legs} */
    HeardCalls(LegOutput.Factory outputs) {
        this.calls = new Calls(outputs, callId -> former.of(callId));
    }

    /** Calls whose legs are cut into chunks as they are published, of which nothing is kept. */
    static HeardCalls published() {
        return new HeardCalls((platform, callId, role, attributes) ->
                new PublishedLeg(platform, new LegId(callId, role), attributes, 200, (name, chunk, arrivedMs) -> {}));
    }

    /** Forgets what was heard until now, but not the calls. */
    void forget() {
        legs.clear();
        replies.clear();
        closes.clear();
        refusals.clear();
    }

    /** Stretches of one leg, in the order in which they came. */
    static final class HeardLeg implements LegOutput {
        final List<Long> positions = new ArrayList<>();
        final List<byte[]> audio = new ArrayList<>();
        final List<Long> capturedAtMs = new ArrayList<>();
        AudioForm form = AudioForm.mulaw(8_000);
        CallAttributes attributes = CallAttributes.NONE;
        boolean ended;
        int silenced;

        @Override
        public void add(AudioForm form, long position, long capturedAtMs, byte[] samples, long arrivedMs) {
            if (ended) {
                throw new IllegalStateException("nothing may come after the end");
            }
            if (!positions.isEmpty() && position < endPosition()) {
                throw new IllegalStateException("positions never go back: " + position + " < " + endPosition());
            }
            this.form = form;
            positions.add(position);
            audio.add(samples);
            this.capturedAtMs.add(capturedAtMs);
        }

        @Override
        public void silenceWaiting() {
            silenced++;
        }

        @Override
        public void flush() {}

        @Override
        public void end() {
            ended = true;
        }

        /** Position after the last sample. */
        long endPosition() {
            int last = positions.size() - 1;
            return last < 0 ? 0 : positions.get(last) + audio.get(last).length / form.bytesPerSample();
        }

        /** All bytes, gaps left out. */
        byte[] bytes() {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            audio.forEach(all::writeBytes);
            return all.toByteArray();
        }

        /** Samples that are missing. */
        long gaps() {
            long gaps = positions.isEmpty() ? 0 : positions.get(0);
            for (int i = 1; i < positions.size(); i++) {
                gaps += positions.get(i) - positions.get(i - 1) - audio.get(i - 1).length / form.bytesPerSample();
            }
            return gaps;
        }
    }

    private HeardLeg leg(String callId, Role role, CallAttributes attributes) {
        HeardLeg leg = legs.computeIfAbsent(callId + "/" + role, key -> new HeardLeg());
        leg.attributes = attributes;
        return leg;
    }

    HeardLeg of(String callId, Role role) {
        HeardLeg leg = legs.get(callId + "/" + role);
        if (leg == null) {
            throw new AssertionError("there must be a leg " + callId + "/" + role + ": " + legs.keySet());
        }
        return leg;
    }

    /** A connection of this platform. */
    Session connect(String platform) {
        return connect(platform, Handshake.empty());
    }

    Session connect(String platform, Handshake handshake) {
        return connect(Platforms.named(platform).orElseThrow(), handshake);
    }

    Session connect(Platform platform, Handshake handshake) {
        return connect(platform, handshake, new Ear());
    }

    /** @param peer the other end */
    Session connect(Platform platform, Handshake handshake, Peer peer) {
        Roles roles = new Roles(
                Role.CUSTOMER,
                platform.sides().isEmpty() ? "" : platform.sides().get(0));
        return new Session(
                platform,
                platform.decoder().apply(handshake, roles),
                new SessionRules(10_000, 300_000, List.of("queue", "agent")),
                calls,
                peer,
                start -> token.check(start),
                new Watch(),
                nowMs::get,
                ++number);
    }

    void tick() {
        calls.tick(nowMs.get());
    }

    int calls() {
        return calls.size();
    }

    /** The other end. */
    private final class Ear implements Peer {
        @Override
        public void send(String message) {
            replies.add(message);
        }

        @Override
        public void send(ByteBuffer bytes) {
            replies.add("bytes: " + bytes.remaining());
        }

        @Override
        public void close(int code, String reason) {
            closes.add(code);
        }
    }

    /** Counts. */
    private final class Watch implements SessionWatch {
        @Override
        public void odd() {
            odd++;
        }

        @Override
        public void refused(RefusedException refusal) {
            refusals.add(refusal.refusal());
        }

        @Override
        public void broken(RuntimeException failure) {
            broken++;
        }
    }
}
