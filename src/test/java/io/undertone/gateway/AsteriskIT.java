package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.AudioChunk;
import io.undertone.Encoding;
import io.undertone.Role;
import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import io.undertone.config.UndertoneConfig;
import io.undertone.embedded.EmbeddedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A real Asterisk plays a call in; skipped where there is none that knows {@code chan_websocket}. */
class AsteriskIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String UUID = "7f0c1c34-29b3-4d0e-9a55-2f5b6f2f9d11";
    private static final int SECONDS = 4;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void shouldTakeACallThroughChanWebsocketAndThroughAudioSocket() throws Exception {
        AsteriskProcess asterisk = AsteriskProcess.find();
        assumeThat(asterisk)
                .as("Asterisk 22 or newer in PATH, or in the Debian root that -Dasterisk.root names")
                .isNotNull();
        Recording spoken = noise();
        byte[] mulaw = spoken.encode(0, 0, 8_000 * SECONDS, SampleFormat.MULAW);
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            int audioSocket = freePort();
            UndertoneConfig config = new UndertoneConfig(Map.of(
                    "kafka.bootstrap.servers",
                    broker.bootstrapServers(),
                    "gateway.port",
                    "0",
                    "gateway.audiosocket.port",
                    Integer.toString(audioSocket),
                    "topic.partitions",
                    "1"));
            PublishedAudio.createTopics(config);
            try (GatewayStage gateway = GatewayStage.start(config, registry);
                    AsteriskProcess running = asterisk.start(gateway.port(), audioSocket, UUID, mulaw)) {
                running.call("200");
                running.call("201");
                await().atMost(PATIENCE)
                        .failFast("Asterisk ended", () -> !running.isAlive())
                        .until(() ->
                                PublishedAudio.hasEnded(config, "asterisk-1") && PublishedAudio.hasEnded(config, UUID));
            }
            List<AudioChunk> websocket = PublishedAudio.published(config, "asterisk-1", Role.CUSTOMER);
            assertThat(websocket).extracting(AudioChunk::getEncoding).containsOnly(Encoding.MULAW);
            assertThat(withOneZero(PublishedAudio.audio(websocket))).isEqualTo(withOneZero(mulaw));
            List<AudioChunk> socket = PublishedAudio.published(config, UUID, Role.CUSTOMER);
            assertThat(socket).extracting(AudioChunk::getEncoding).containsOnly(Encoding.PCM_S16LE);
            assertThat(PublishedAudio.audio(socket)).hasSize(2 * mulaw.length);
        }
    }

    /** Mu-law has two zeros; a translation by way of 16 bits leaves one. */
    private static byte[] withOneZero(byte[] mulaw) {
        byte[] one = mulaw.clone();
        for (int i = 0; i < one.length; i++) {
            one[i] = one[i] == 0x7F ? (byte) 0xFF : one[i];
        }
        return one;
    }

    private static Recording noise() {
        Random random = new Random(1);
        float[] samples = new float[8_000 * SECONDS];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = random.nextFloat() - 0.5f;
        }
        return new Recording(8_000, new float[][] {samples});
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
