package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.Role;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AzureDecoderTest {
    private static final String METADATA = "{\"kind\":\"AudioMetadata\",\"audioMetadata\":{\"subscriptionId\":\"sub\","
            + "\"encoding\":\"PCM\",\"sampleRate\":16000,\"channels\":1,\"length\":640}}";

    private final HeardCalls heard = new HeardCalls();

    private static String audio(String participant, String timestamp, byte[] samples) {
        return "{\"kind\":\"AudioData\",\"audiodata\":{\"timestamp\":\"" + timestamp + "\",\"participantrawid\":"
                + (participant.isEmpty() ? "null" : "\"" + participant + "\"") + ",\"data\":\""
                + Base64.getEncoder().encodeToString(samples) + "\",\"silent\":false}}";
    }

    @Test
    void shouldTakeAParticipantForALeg() {
        Session session = heard.connect(
                "azure", new Handshake("/azure", "", "", Map.of("X-MS-Call-Connection-Id", "connection")));
        session.text(METADATA);
        session.text(audio("4:+15550100", "2026-01-01T00:00:00.000Z", new byte[640]));
        session.text(audio("8:acs:bot", "2026-01-01T00:00:00.020Z", new byte[640]));
        session.text(audio("4:+15550100", "2026-01-01T00:01:00.000Z", new byte[640]));
        session.text(audio("8:acs:bot", "2026-01-01T00:01:00Z", new byte[640]));
        session.text("{\"kind\":\"DtmfData\",\"dtmfData\":{\"data\":\"1\"}}");
        session.closed(true);
        assertThat(heard.of("connection", Role.CUSTOMER).positions).containsExactly(0L, 960_000L);
        assertThat(heard.of("connection", Role.AGENT).positions.get(1)).isEqualTo(960_000L);
        assertThat(heard.of("connection", Role.CUSTOMER).ended).isTrue();
        assertThat(heard.odd).isZero();
    }

    @Test
    void shouldTakeTheCallIdOfTheAddress() {
        Session session = heard.connect(
                "azure",
                new Handshake("/azure/token?callId=mine", "", "", Map.of("X-MS-Call-Connection-Id", "connection")));
        session.text(METADATA);
        session.text(audio("4:+15550100", "2026-01-01T00:00:00.000Z", new byte[640]));
        assertThat(heard.of("mine", Role.CUSTOMER).bytes()).hasSize(640);
    }

    @Test
    void shouldNotMixTwoPeopleInOneLeg() {
        Session session = heard.connect("azure");
        session.text(METADATA);
        session.text(audio("4:+1", "2026-01-01T00:00:00Z", new byte[640]));
        session.text(audio("4:+2", "2026-01-01T00:00:00Z", new byte[640]));
        assertThat(heard.of("sub", Role.CUSTOMER).bytes()).hasSize(640);
        assertThat(heard.odd).isOne();
    }

    @Test
    void shouldTakeAMixtureForNobodysVoice() {
        Session session = heard.connect("azure");
        session.text(METADATA);
        session.text(audio("", "not a time", new byte[641]));
        assertThat(heard.of("sub", Role.UNKNOWN).bytes()).hasSize(640);
    }
}
