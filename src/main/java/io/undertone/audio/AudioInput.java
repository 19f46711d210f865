package io.undertone.audio;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an audio file, with its name for messages and, unless it is a pipe, its size. Not thread-safe.
 */
final class AudioInput implements Closeable {
    /** The value of {@link #left} if the length is unknown. */
    static final long UNKNOWN = Long.MAX_VALUE;

    private static final int BUFFER_BYTES = 1 << 16;

    private final String name;
    private final @Nullable Path file;
    private final BufferedInputStream in;
    private final long size;
    private final List<String> remarks = new ArrayList<>();
    private long position;

    private AudioInput(String name, @Nullable Path file, InputStream in, long size) {
        this.name = name;
        this.file = file;
        this.in = new BufferedInputStream(in, BUFFER_BYTES);
        this.size = size;
    }

    /** A file or another readable path: a named pipe, {@code /dev/stdin}. */
    static AudioInput of(Path file, String name) throws IOException {
        boolean regular = Files.isRegularFile(file);
        InputStream in = Files.newInputStream(file);
        try {
            return new AudioInput(name, regular ? file : null, in, regular ? Files.size(file) : UNKNOWN);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** A pipe. */
    static AudioInput of(InputStream in, String name) {
        return new AudioInput(name, null, in, UNKNOWN);
    }

    String name() {
        return name;
    }

    /** Whether its length is known: a file, not a pipe. */
    boolean isSized() {
        return size != UNKNOWN;
    }

    /** Number of bytes read so far. */
    long position() {
        return position;
    }

    /** Number of remaining bytes, or {@link #UNKNOWN}. */
    long left() {
        return isSized() ? size - position : UNKNOWN;
    }

    /** The next bytes, without consuming them; fewer at the end. */
    byte[] peek(int bytes) throws IOException {
        in.mark(bytes);
        byte[] next = in.readNBytes(bytes);
        in.reset();
        return next;
    }

    /** Bytes at a later offset, without consuming them; fewer at the end, none for a pipe. */
    byte[] peekAt(long at, int bytes) throws IOException {
        Path regular = file;
        if (regular == null) {
            return new byte[0];
        }
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        try (FileChannel channel = FileChannel.open(regular)) {
            int read;
            do {
                read = channel.read(buffer, at + buffer.position());
            } while (read > 0);
        }
        byte[] found = new byte[buffer.position()];
        buffer.get(0, found);
        return found;
    }

    /** Reads up to {@code bytes}: fewer only at the end. */
    int read(byte[] target, int bytes) throws IOException {
        int read = in.readNBytes(target, 0, bytes);
        position += read;
        return read;
    }

    /** The next {@code bytes}, of a header. */
    ByteBuffer take(int bytes, ByteOrder order) throws IOException {
        byte[] taken = new byte[bytes];
        if (read(taken, bytes) < bytes) {
            throw refuse("header must end before the file does; the file is cut short");
        }
        return ByteBuffer.wrap(taken).order(order);
    }

    /** Skips bytes, to the end at most. */
    void skip(long bytes) throws IOException {
        byte[] passed = new byte[(int) Math.min(bytes, BUFFER_BYTES)];
        for (long wanted = bytes; wanted > 0; ) {
            int read = read(passed, (int) Math.min(wanted, passed.length));
            if (read == 0) {
                return;
            }
            wanted -= read;
        }
    }

    /** Reads a pipe to its end, so that its writer can finish. */
    void drain() throws IOException {
        if (!isSized()) {
            skip(Long.MAX_VALUE);
        }
    }

    /** As a stream for a decoder. */
    InputStream stream() {
        return in;
    }

    /** Records an assumption about a contradictory file. */
    void remark(String what) {
        remarks.add(name + ": " + what);
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }

    void require(boolean holds, String rule) throws AudioFileException {
        if (!holds) {
            throw refuse(rule);
        }
    }

    AudioFileException refuse(String rule) {
        return new AudioFileException(name, rule);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
