package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AudioSocketServerTest {
    private static final byte[] ID =
            AudioSocketDecoderTest.frame(0x01, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9});
    private static final String CALL = "00000000-0000-0000-0000-000000000009";

    private final HeardCalls heard = new HeardCalls();
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> left = new LinkedBlockingQueue<>();
    private AudioSocketServer server = server();
    private int room = 10;

    private AudioSocketServer server() {
        return new AudioSocketServer("127.0.0.1", 0, new AudioSocketServer.Entry() {
            @Override
            public Session enter(String address, Peer peer) throws RefusedException {
                if (sessions.size() == room) {
                    throw new RefusedException(Refusal.SESSIONS, "there must be room");
                }
                Session session = heard.connect(Platforms.AUDIOSOCKET, Handshake.empty(), peer);
                sessions.add(session);
                return session;
            }

            @Override
            public void leave(String address) {
                left.add(address);
            }
        });
    }

    @BeforeEach
    void shouldListen() throws IOException {
        server.start();
    }

    @AfterEach
    void shouldStop() {
        server.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private void awaitLeave() throws InterruptedException {
        assertThat(left.poll(30, TimeUnit.SECONDS)).isEqualTo("127.0.0.1");
    }

    @Test
    void shouldAnswerEachFrameBySilence() throws IOException, InterruptedException {
        try (Socket socket = connect()) {
            byte[] audio = new byte[320];
            Arrays.fill(audio, (byte) 7);
            socket.getOutputStream().write(ID);
            InputStream in = socket.getInputStream();
            for (int i = 0; i < 50; i++) {
                byte[] frame = AudioSocketDecoderTest.frame(0x10, audio);
                socket.getOutputStream().write(frame, 0, 2);
                socket.getOutputStream().write(frame, 2, frame.length - 2);
                assertThat(in.readNBytes(323)).isEqualTo(AudioSocketDecoderTest.frame(0x10, new byte[320]));
            }
        }
        awaitLeave();
        assertThat(heard.of(CALL, Role.CUSTOMER).bytes()).hasSize(16_000);
        assertThat(heard.of(CALL, Role.CUSTOMER).ended).isTrue();
    }

    @Test
    void shouldBearAPeerThatDoesNotRead() throws IOException, InterruptedException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(ID);
            byte[] frame = AudioSocketDecoderTest.frame(0x10, new byte[32_000]);
            for (int i = 0; i < 1_000; i++) {
                socket.getOutputStream().write(frame);
            }
            socket.shutdownOutput();
            awaitLeave();
        }
        assertThat(heard.of(CALL, Role.CUSTOMER).bytes()).hasSize(32_000_000);
    }

    @Test
    void shouldCloseAConnectionThatIsRefused() throws IOException, InterruptedException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(AudioSocketDecoderTest.frame(0x01, new byte[3]));
            assertThat(socket.getInputStream().read()).isNegative();
        }
        awaitLeave();
        assertThat(heard.refusals).containsExactly(Refusal.PROTOCOL);
    }

    @Test
    void shouldLetNobodyInWhereThereIsNoRoom() throws IOException {
        room = 0;
        try (Socket socket = connect()) {
            assertThat(socket.getInputStream().read()).isNegative();
        }
        assertThat(left).isEmpty();
    }

    @Test
    void shouldCloseAllWhenItStops() throws IOException, InterruptedException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(ID);
            socket.getOutputStream().write(AudioSocketDecoderTest.frame(0x10, new byte[320]));
            assertThat(socket.getInputStream().readNBytes(323)).hasSize(323);
            sessions.forEach(Session::stop);
            server.close();
            assertThat(socket.getInputStream().read()).isNegative();
        }
        awaitLeave();
        assertThat(heard.of(CALL, Role.CUSTOMER).ended).isFalse();
        assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
    }

    @Test
    void shouldSayWhereItCannotListen() {
        AudioSocketServer second = new AudioSocketServer("127.0.0.1", server.port(), new AudioSocketServer.Entry() {
            @Override
            public Session enter(String address, Peer peer) {
                throw new IllegalStateException("nobody comes");
            }

            @Override
            public void leave(String address) {}
        });
        assertThatThrownBy(second::start).isInstanceOf(IOException.class);
    }
}
