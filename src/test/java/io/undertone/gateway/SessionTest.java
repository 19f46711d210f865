package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.Role;
import io.undertone.gateway.FormerLegs.Standing;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final AudioForm MULAW = AudioForm.mulaw(8_000);

    /** A protocol of the test's own: text {@code open ID}, {@code end}; bytes are a customer's mu-law. */
    private static final Platform PLAIN =
            Platform.of("plain", Platform.Secret.TOKEN, List.of(), (handshake, roles) -> new Decoder() {
                @Override
                public void text(String message, CallSink sink) throws RefusedException {
                    String[] words = message.split(" ");
                    switch (words[0]) {
                        case "open" -> sink.open(CallStart.of(words[1]));
                        case "counted" -> sink.open(CallStart.of(words[1]).counted());
                        case "token" -> sink.open(CallStart.of("c").withToken(words[1]));
                        case "out" -> sink.leftOut(Long.parseLong(words[1]));
                        case "end" -> sink.end();
                        case "lost" -> sink.interrupted();
                        case "break" -> throw new IllegalStateException("a defect");
                        default -> sink.odd();
                    }
                }

                @Override
                public void binary(ByteBuffer bytes, CallSink sink) throws RefusedException {
                    sink.media(
                            handshake.rest().isEmpty() ? Role.CUSTOMER : Role.AGENT, MULAW, bytes, SourceTime.UNSAID);
                }
            });

    private final HeardCalls heard = new HeardCalls();

    private Session connect() {
        return heard.connect(PLAIN, Handshake.empty());
    }

    private Session connectAgent() {
        return heard.connect(PLAIN, new Handshake("/plain/agent", "", "agent", Map.of()));
    }

    private void speak(Session session, int frames) {
        for (int i = 0; i < frames; i++) {
            heard.nowMs.addAndGet(20);
            session.binary(ByteBuffer.wrap(new byte[160]));
        }
    }

    private void passMs(long ms) {
        heard.nowMs.addAndGet(ms);
    }

    @Test
    void shouldCloseAConnectionThatOpensNoCall() {
        Session session = connect();
        passMs(10_000);
        session.tick();
        assertThat(heard.refusals).isEmpty();
        passMs(1);
        session.tick();
        assertThat(heard.refusals).containsExactly(Refusal.NO_START);
        session.text("open late");
        assertThat(heard.legs).isEmpty();
    }

    @Test
    void shouldEndACallThatNothingComesFrom() {
        Session session = connect();
        session.text("open c");
        speak(session, 10);
        passMs(300_001);
        session.tick();
        assertThat(heard.of("c", Role.CUSTOMER).ended).isTrue();
        assertThat(heard.closes).containsExactly(CloseCode.GOING_AWAY);
    }

    @Test
    void shouldHoldLegsOfAConnectionThatWasLost() {
        Session session = connect();
        session.text("open c");
        speak(session, 50);
        session.closed(false);
        passMs(5_000);
        heard.tick();
        assertThat(heard.of("c", Role.CUSTOMER).ended).isFalse();
        Session next = connect();
        next.text("open c");
        speak(next, 50);
        next.text("end");
        HeardCalls.HeardLeg leg = heard.of("c", Role.CUSTOMER);
        assertThat(leg.endPosition()).isEqualTo((1_000 + 5_000 + 1_000) * 8);
        assertThat(leg.gaps()).isEqualTo(5_000 * 8);
        assertThat(leg.ended).isTrue();
    }

    @Test
    void shouldEndLegsWhoseConnectionDoesNotComeBack() {
        Session session = connect();
        session.text("open c");
        speak(session, 50);
        session.closed(false);
        passMs(Calls.GRACE_MS);
        heard.tick();
        assertThat(heard.of("c", Role.CUSTOMER).ended).isTrue();
        assertThat(heard.calls()).isZero();
    }

    @Test
    void shouldLetLegsOfTwoConnectionsStandAtTheSameMoment() {
        Session customer = connect();
        customer.text("open c");
        speak(customer, 100);
        Session agent = connectAgent();
        agent.text("open c");
        for (int i = 0; i < 100; i++) {
            heard.nowMs.addAndGet(20);
            customer.binary(ByteBuffer.wrap(new byte[160]));
            agent.binary(ByteBuffer.wrap(new byte[160]));
        }
        assertThat(heard.of("c", Role.CUSTOMER).endPosition()).isEqualTo(4_000 * 8);
        assertThat(heard.of("c", Role.AGENT).positions.get(0)).isEqualTo(2_000 * 8);
        assertThat(heard.of("c", Role.AGENT).endPosition()).isEqualTo(4_000 * 8);
    }

    @Test
    void shouldGiveALegToTheLaterConnection() {
        Session first = connect();
        first.text("open c");
        speak(first, 10);
        Session second = connect();
        second.text("open c");
        speak(second, 10);
        speak(first, 10);
        speak(second, 10);
        assertThat(heard.of("c", Role.CUSTOMER).bytes()).hasSize(30 * 160);
        assertThat(heard.odd).isEqualTo(10);
    }

    @Test
    void shouldGoOnWhereAFormerSelfStopped() {
        // 100 s were published, the last of them spoken 3 s ago.
        heard.former = callId -> Map.of(Role.CUSTOMER, new Standing(800_000, HeardCalls.START_MS - 3_000, 0, 8_000));
        Session session = connect();
        session.text("open c");
        speak(session, 60);
        HeardCalls.HeardLeg leg = heard.of("c", Role.CUSTOMER);
        assertThat(leg.positions.get(0)).isEqualTo(824_000);
        assertThat(leg.capturedAtMs.get(0)).isEqualTo(HeardCalls.START_MS);
        assertThat(leg.endPosition()).isEqualTo(824_000 + 60 * 160);
    }

    @Test
    void shouldCountWhereTheSourceCounts() {
        Session session = connect();
        session.text("counted c");
        speak(session, 10);
        passMs(60_000);
        session.text("out 1500");
        speak(session, 10);
        assertThat(heard.of("c", Role.CUSTOMER).gaps()).isEqualTo(12_000);
    }

    @Test
    void shouldNotEndLegsWhenItStops() {
        Session session = connect();
        session.text("open c");
        speak(session, 10);
        session.stop();
        session.closed(true);
        assertThat(heard.closes).containsExactly(CloseCode.SERVICE_RESTART);
        assertThat(heard.of("c", Role.CUSTOMER).ended).isFalse();
    }

    @Test
    void shouldOutliveADefect() {
        Session session = connect();
        session.text("open c");
        session.text("break");
        assertThat(heard.broken).isOne();
        assertThat(heard.refusals).containsExactly(Refusal.PROTOCOL);
        assertThat(heard.closes).containsExactly(CloseCode.POLICY);
    }

    @Test
    void shouldOutliveADefectThatTimeBrings() {
        Platform late = Platform.of("late", Platform.Secret.TOKEN, List.of(), (handshake, roles) -> new Decoder() {
            @Override
            public void text(String message, CallSink sink) throws RefusedException {
                sink.open(CallStart.of(message));
            }

            @Override
            public void binary(ByteBuffer bytes, CallSink sink) {}

            @Override
            public void tick(long nowMs, CallSink sink) {
                throw new IllegalStateException("a defect");
            }
        });
        Session session = heard.connect(late, Handshake.empty());
        session.text("c");
        session.tick();
        assertThat(heard.broken).isOne();
        assertThat(heard.closes).containsExactly(CloseCode.POLICY);
        session.tick();
        assertThat(heard.broken).as("it is over").isOne();
    }

    @Test
    void shouldAskForTheTokenInTheFirstMessage() {
        heard.token = token -> {
            if (!token.equals("right")) {
                throw new RefusedException(Refusal.UNAUTHORIZED, "the token must be gateway.token");
            }
        };
        connect().text("token wrong");
        connect().text("open c");
        assertThat(heard.refusals).containsExactly(Refusal.UNAUTHORIZED, Refusal.UNAUTHORIZED);
        connect().text("token right");
        assertThat(heard.refusals).hasSize(2);
        assertThat(heard.calls()).isOne();
    }

    @Test
    void shouldTakeNothingBeforeACallIsOpen() {
        Session session = connect();
        speak(session, 1);
        assertThat(heard.odd).isOne();
        assertThat(heard.legs).isEmpty();
    }
}
