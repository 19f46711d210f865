package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.Role;
import io.undertone.audio.Recording;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same call through each platform, well and badly sent, gives the recording's samples at the recording's positions. */
class SameCallTest {
    private static final int SECONDS = 20;

    private final HeardCalls heard = new HeardCalls();

    static List<String> scripts() {
        return CallScript.NAMES;
    }

    private static Recording noise(int rate, int seconds) {
        Random random = new Random(rate);
        float[][] channels = new float[2][rate * seconds + 7];
        for (float[] channel : channels) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] = random.nextFloat() - 0.5f;
            }
        }
        return new Recording(rate, channels);
    }

    private Session play(CallScript script, List<CallScript.Message> messages) {
        return script.play(messages, heard);
    }

    private void shouldHaveHeard(CallScript script, Recording recording) {
        for (Role role : script.roles()) {
            HeardCalls.HeardLeg leg = heard.of(script.callId(), role);
            assertThat(leg.gaps()).isZero();
            assertThat(Arrays.equals(
                            leg.bytes(),
                            recording.encode(CallScript.channel(role), 0, recording.samples(), script.format())))
                    .as("the samples of " + role)
                    .isTrue();
            assertThat(leg.ended).isTrue();
        }
        assertThat(heard.legs).hasSize(script.roles().size());
        assertThat(heard.odd).isZero();
        assertThat(heard.refusals).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void shouldGiveTheRecordingsSamples(String name) {
        CallScript script = CallScript.of(name, 1);
        Recording recording = noise(script.rateHz(), SECONDS);
        Session session = play(script, script.messages(recording));
        script.closing().forEach(session::text);
        session.closed(true);
        shouldHaveHeard(script, recording);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void shouldGiveThemHoweverTheyAreCutAndNumbersWritten(String name) {
        CallScript script = CallScript.of(name, 1);
        Recording recording = noise(script.rateHz(), SECONDS);
        Session session = play(script, script.roughMessages(recording, new Random(name.hashCode())));
        script.closing().forEach(session::text);
        session.closed(true);
        shouldHaveHeard(script, recording);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void shouldEndALegWhoseSocketWasDroppedOnceNobodyComesBack(String name) {
        CallScript script = CallScript.of(name, 1);
        Recording recording = noise(script.rateHz(), 5);
        play(script, script.messages(recording)).closed(false);
        heard.nowMs.addAndGet(Calls.GRACE_MS - 1);
        heard.tick();
        assertThat(heard.of(script.callId(), Role.CUSTOMER).ended).isFalse();
        heard.nowMs.addAndGet(1);
        heard.tick();
        shouldHaveHeard(script, recording);
        assertThat(heard.calls()).isZero();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void shouldGoOnWhereTheClockStandsAfterASocketWasDropped(String name) {
        CallScript script = CallScript.of(name, 1);
        Recording recording = noise(script.rateHz(), 5);
        play(script, script.messages(recording)).closed(false);
        heard.nowMs.addAndGet(3_000);
        play(script, script.messages(recording)).closed(true);
        for (Role role : script.roles()) {
            HeardCalls.HeardLeg leg = heard.of(script.callId(), role);
            // Telnyx' frames come up to 100 ms late, and the first of them say when it was.
            assertThat(leg.gaps() * 1_000 / script.rateHz()).isBetween(2_900L, 3_100L);
            assertThat(leg.bytes())
                    .hasSize(2 * recording.samples() * script.format().bytesPerSample());
            assertThat(leg.ended).isTrue();
        }
    }

    @Test
    void shouldKeepItsPlaceThroughACallOf45Minutes() {
        CallScript script = CallScript.of("exotel", 1);
        List<CallScript.Message> second = script.messages(noise(8_000, 1)).subList(0, 51);
        Session session = script.connect(heard);
        session.text(second.get(0).text());
        int frames = 45 * 60 * 50;
        for (int i = 0; i < frames; i++) {
            // A source whose clock is 50 ppm slow.
            heard.nowMs.set(HeardCalls.START_MS + (long) (i * 20 * 1.000_05));
            session.text(second.get(1 + i % 50).text());
        }
        session.closed(true);
        assertThat(heard.of(script.callId(), Role.CUSTOMER).gaps()).isZero();
        assertThat(heard.of(script.callId(), Role.CUSTOMER).bytes()).hasSize(frames * 320);
    }
}
