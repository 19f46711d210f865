package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.Role;
import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same call through each platform, in messages as their pages have them, gives the recording's samples at the recording's positions:
 * the stages after it then see what {@code classify} sees.
 */
class SameCallTest {
    private static final int FRAME_MS = 20;
    private static final int SECONDS = 20;

    private final HeardCalls heard = new HeardCalls();

    /** How a platform says it. */
    private record Dialect(
            int rate,
            SampleFormat format,
            boolean bothTracks,
            String start,
            BiFunction<Integer, Frame, String> media,
            String stop) {}

    /** A stretch of one side. */
    private record Frame(boolean customer, byte[] samples) {
        String base64() {
            return Base64.getEncoder().encodeToString(samples);
        }

        String track() {
            return customer ? "inbound" : "outbound";
        }
    }

    private static Dialect dialect(String platform) {
        return switch (platform) {
            case "twilio", "signalwire" ->
                new Dialect(
                        8_000,
                        SampleFormat.MULAW,
                        true,
                        "{\"event\":\"start\",\"sequenceNumber\":\"1\",\"start\":{\"accountSid\":\"AC\",\"streamSid\":\"MZ\",\"callSid\":\"call\","
                                + "\"tracks\":[\"inbound\",\"outbound\"],\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":8000,"
                                + "\"channels\":1},\"customParameters\":{}},\"streamSid\":\"MZ\"}",
                        (number, frame) -> "{\"event\":\"media\",\"sequenceNumber\":\"" + (number + 2)
                                + "\",\"media\":{\"track\":\"" + frame.track() + "\",\"chunk\":\"" + (number + 1)
                                + "\",\"timestamp\":\"" + (number * FRAME_MS + number % 7) + "\",\"payload\":\""
                                + frame.base64()
                                + "\"},\"streamSid\":\"MZ\"}",
                        "{\"event\":\"stop\",\"streamSid\":\"MZ\",\"stop\":{\"callSid\":\"call\"}}");
            case "telnyx" ->
                new Dialect(
                        8_000,
                        SampleFormat.ALAW,
                        true,
                        "{\"event\":\"start\",\"sequence_number\":\"1\",\"start\":{\"user_id\":\"u\",\"call_control_id\":\"call\",\"media_format\":"
                                + "{\"encoding\":\"PCMA\",\"sample_rate\":8000,\"channels\":1}},\"stream_id\":\"s\"}",
                        (number, frame) -> "{\"event\":\"media\",\"sequence_number\":\"" + (2 * number + 2)
                                + "\",\"media\":{\"track\":\"" + frame.track() + "\",\"chunk\":\"" + (number + 1)
                                + "\",\"timestamp\":\"" + number * FRAME_MS + "\",\"payload\":\"" + frame.base64()
                                + "\"},\"stream_id\":\"s\"}",
                        "{\"event\":\"stop\",\"sequence_number\":\"9\",\"stop\":{\"call_control_id\":\"call\"},\"stream_id\":\"s\"}");
            case "plivo" ->
                new Dialect(
                        16_000,
                        SampleFormat.PCM_S16LE,
                        true,
                        "{\"sequenceNumber\":0,\"event\":\"start\",\"start\":{\"callId\":\"call\",\"streamId\":\"s\",\"accountId\":\"a\","
                                + "\"tracks\":[\"inbound\",\"outbound\"],\"mediaFormat\":{\"encoding\":\"audio/x-l16\",\"sampleRate\":16000}},"
                                + "\"extra_headers\":\"\"}",
                        (number, frame) -> "{\"sequenceNumber\":" + (number + 1)
                                + ",\"streamId\":\"s\",\"event\":\"media\",\"media\":{\"track\":\"" + frame.track()
                                + "\",\"timestamp\":\"" + (1_700_000_000_000L + number * FRAME_MS) + "\",\"chunk\":"
                                + (number + 1)
                                + ",\"payload\":\"" + frame.base64() + "\"},\"extra_headers\":\"\"}",
                        "");
            case "exotel" ->
                new Dialect(
                        8_000,
                        SampleFormat.PCM_S16LE,
                        false,
                        "{\"event\":\"start\",\"sequence_number\":\"1\",\"stream_sid\":\"s\",\"start\":{\"stream_sid\":\"s\",\"call_sid\":\"call\","
                                + "\"account_sid\":\"a\",\"from\":\"f\",\"to\":\"t\",\"custom_parameters\":{},\"media_format\":"
                                + "{\"encoding\":\"audio/x-raw\",\"sample_rate\":\"8000\",\"bit_rate\":\"128\"}}}",
                        (number, frame) -> "{\"event\":\"media\",\"sequence_number\":\"" + (number + 2)
                                + "\",\"stream_sid\":\"s\",\"media\":{\"chunk\":\"" + (number + 1) + "\",\"payload\":\""
                                + frame.base64() + "\"}}",
                        "{\"event\":\"stop\",\"sequence_number\":\"9\",\"stream_sid\":\"s\",\"stop\":{\"call_sid\":\"call\",\"reason\":\"stopped\"}}");
            default ->
                new Dialect(
                        16_000,
                        SampleFormat.PCM_S16LE,
                        true,
                        "{\"kind\":\"AudioMetadata\",\"audioMetadata\":{\"subscriptionId\":\"call\",\"encoding\":\"PCM\",\"sampleRate\":16000,"
                                + "\"channels\":1,\"length\":640}}",
                        (number, frame) -> "{\"kind\":\"AudioData\",\"audioData\":{\"timestamp\":\""
                                + Instant.ofEpochMilli(1_700_000_000_000L + number * FRAME_MS)
                                + "\",\"participantRawID\":\""
                                + (frame.customer() ? "4:+15550100" : "8:acs:agent") + "\",\"data\":\"" + frame.base64()
                                + "\",\"silent\":false}}",
                        "");
        };
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

    private void play(Session session, Dialect dialect, Recording recording, List<Integer> order) {
        session.text(dialect.start());
        int length = dialect.rate() * FRAME_MS / 1_000;
        for (int number : order) {
            heard.nowMs.addAndGet(FRAME_MS);
            int from = number * length;
            int count = Math.min(length, recording.samples() - from);
            session.text(dialect.media()
                    .apply(number, new Frame(true, recording.encode(1, from, count, dialect.format()))));
            if (dialect.bothTracks()) {
                session.text(dialect.media()
                        .apply(number, new Frame(false, recording.encode(0, from, count, dialect.format()))));
            }
            session.tick();
        }
        if (!dialect.stop().isEmpty()) {
            session.text(dialect.stop());
        }
        session.closed(true);
    }

    private static List<Integer> frames(Recording recording) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; (long) i * recording.sampleRateHz() * FRAME_MS / 1_000 < recording.samples(); i++) {
            numbers.add(i);
        }
        return numbers;
    }

    @ParameterizedTest
    @ValueSource(strings = {"twilio", "signalwire", "telnyx", "plivo", "exotel", "azure"})
    void shouldGiveTheRecordingsSamples(String platform) {
        Dialect dialect = dialect(platform);
        Recording recording = noise(dialect.rate(), SECONDS);
        List<Integer> order = frames(recording);
        if (platform.equals("telnyx")) {
            order = FrameOrderPropertyTest.shuffled(order.size(), 0, 100, 11).stream()
                    .map(Long::intValue)
                    .toList();
        }
        play(heard.connect(platform, new Handshake("/", "", "", Map.of())), dialect, recording, order);
        for (Role role : dialect.bothTracks() ? List.of(Role.CUSTOMER, Role.AGENT) : List.of(Role.CUSTOMER)) {
            HeardCalls.HeardLeg leg = heard.of("call", role);
            assertThat(leg.gaps()).isZero();
            assertThat(Arrays.equals(
                            leg.bytes(),
                            recording.encode(role == Role.CUSTOMER ? 1 : 0, 0, recording.samples(), dialect.format())))
                    .isTrue();
            assertThat(leg.ended).isTrue();
        }
        assertThat(heard.odd).isZero();
    }

    @Test
    void shouldKeepItsPlaceThroughACallOf45Minutes() {
        Dialect dialect = dialect("exotel");
        Session session = heard.connect("exotel");
        session.text(dialect.start());
        byte[] samples = new byte[320];
        int frames = 45 * 60 * 50;
        for (int i = 0; i < frames; i++) {
            // A source whose clock is 50 ppm slow.
            heard.nowMs.set(HeardCalls.START_MS + (long) (i * 20 * 1.000_05));
            session.text(dialect.media().apply(i, new Frame(true, samples)));
        }
        session.closed(true);
        assertThat(heard.of("call", Role.CUSTOMER).gaps()).isZero();
        assertThat(heard.of("call", Role.CUSTOMER).bytes()).hasSize(frames * 320);
    }
}
