package io.undertone.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's TCP port for Asterisk's AudioSocket. One thread reads from all connections; writing never blocks: frames that a peer cannot
 * take at once are dropped whole. Thread-safe.
 */
final class AudioSocketServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AudioSocketServer.class);
    private static final int READ_BYTES = 65_536;
    private static final long STOP_MS = 2_000;
    private static final long NO_ROOM_NANOS = 100_000_000;

    private final String host;
    private final int port;
    private final Entry entry;
    private final Queue<Connection> ending = new ConcurrentLinkedQueue<>();
    private final ByteBuffer read = ByteBuffer.allocateDirect(READ_BYTES);
    private @Nullable Selector selector;
    private @Nullable ServerSocketChannel server;
    private @Nullable Thread thread;
    private volatile boolean stopping;

    /** Admits connections. */
    interface Entry {
        /**
         * @param address the peer's, without its port
         * @throws RefusedException if the limit of sessions is reached
         */
        Session enter(String address, Peer peer) throws RefusedException;

        /** An admitted connection has closed. */
        void leave(String address);
    }

    /** @param port 0: any free one */
    AudioSocketServer(String host, int port, Entry entry) {
        this.host = host;
        this.port = port;
        this.entry = entry;
    }

    /** @throws IOException if the address cannot be listened on */
    void start() throws IOException {
        Selector opened = Selector.open();
        ServerSocketChannel listening = ServerSocketChannel.open();
        try {
            listening.bind(new InetSocketAddress(host, port));
            listening.configureBlocking(false);
            listening.register(opened, SelectionKey.OP_ACCEPT);
        } catch (IOException | RuntimeException e) {
            listening.close();
            opened.close();
            throw e;
        }
        selector = opened;
        server = listening;
        Thread running = new Thread(() -> run(opened, listening), "undertone-audiosocket");
        running.setDaemon(true);
        thread = running;
        running.start();
    }

    int port() {
        ServerSocketChannel listening = server;
        return listening == null ? port : listening.socket().getLocalPort();
    }

    private void run(Selector opened, ServerSocketChannel listening) {
        try (opened;
                listening) {
            while (!stopping) {
                opened.select();
                for (SelectionKey key : opened.selectedKeys()) {
                    serve(key, opened, listening);
                }
                opened.selectedKeys().clear();
                for (Connection connection = ending.poll(); connection != null; connection = ending.poll()) {
                    connection.leave(true);
                }
            }
            for (SelectionKey key : opened.keys()) {
                if (key.attachment() instanceof Connection connection) {
                    connection.leave(false);
                }
            }
        } catch (IOException e) {
            LOG.error("AudioSocket stopped listening: {}", e.toString());
        }
    }

    private void serve(SelectionKey key, Selector opened, ServerSocketChannel listening) {
        if (!key.isValid()) {
            return;
        }
        if (key.isAcceptable()) {
            accept(opened, listening);
        } else if (key.attachment() instanceof Connection connection) {
            if (key.isWritable()) {
                connection.writeRest();
            }
            if (key.isValid() && key.isReadable()) {
                connection.read();
            }
        }
    }

    private void accept(Selector opened, ServerSocketChannel listening) {
        try {
            SocketChannel channel = listening.accept();
            if (channel != null) {
                enter(channel, opened);
            }
        } catch (IOException e) {
            LOG.warn("a connection could not be accepted: {}; raise the limit of open files", e.toString());
            LockSupport.parkNanos(NO_ROOM_NANOS);
        }
    }

    private void enter(SocketChannel channel, Selector opened) throws IOException {
        try {
            channel.configureBlocking(false);
            channel.socket().setTcpNoDelay(true);
            Connection connection =
                    new Connection(channel, channel.socket().getInetAddress().getHostAddress());
            connection.key = channel.register(opened, SelectionKey.OP_READ, connection);
            connection.session = entry.enter(connection.address, connection);
        } catch (RefusedException | ClosedChannelException e) {
            // Counted where it was refused.
            channel.close();
        }
    }

    /** Admits no more connections and closes all that are open. Their sessions must be stopped first. */
    @Override
    public void close() {
        stopping = true;
        Selector opened = selector;
        Thread running = thread;
        if (opened == null || running == null) {
            return;
        }
        opened.wakeup();
        try {
            running.join(STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One peer. All but {@link #close} and {@link #send} by the server's thread. */
    private final class Connection implements Peer {
        private final SocketChannel channel;
        private final String address;
        private @Nullable SelectionKey key;
        private @Nullable Session session;
        private ByteBuffer rest = ByteBuffer.allocate(0);
        private volatile boolean left;

        private Connection(SocketChannel channel, String address) {
            this.channel = channel;
            this.address = address;
        }

        private void read() {
            try {
                read.clear();
                int length = channel.read(read);
                if (length < 0) {
                    leave(true);
                } else if (session != null && !left) {
                    session.binary(read.flip());
                }
            } catch (IOException e) {
                leave(false);
            }
        }

        private synchronized void writeRest() {
            try {
                channel.write(rest);
                if (!rest.hasRemaining() && key != null) {
                    key.interestOps(SelectionKey.OP_READ);
                }
            } catch (IOException e) {
                leave(false);
            }
        }

        @Override
        public void send(String message) {
            throw new IllegalStateException("AudioSocket takes no text");
        }

        @Override
        public synchronized void send(ByteBuffer bytes) {
            // A peer that does not read gets no more than what has begun.
            if (rest.hasRemaining() || left) {
                return;
            }
            try {
                channel.write(bytes);
                if (bytes.hasRemaining() && key != null) {
                    rest = bytes;
                    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                    key.selector().wakeup();
                }
            } catch (IOException | CancelledKeyException e) {
                // It is gone, which reading tells.
            }
        }

        @Override
        public void close(int code, String reason) {
            ending.add(this);
            Selector opened = selector;
            if (opened != null) {
                opened.wakeup();
            }
        }

        private void leave(boolean inOrder) {
            if (left) {
                return;
            }
            left = true;
            try {
                channel.close();
            } catch (IOException e) {
                // It is gone either way.
            }
            if (session != null) {
                session.closed(inOrder);
                entry.leave(address);
            }
        }
    }
}
