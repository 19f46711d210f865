package io.undertone.gateway;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Asterisk's AudioSocket: a byte stream of frames, each a kind (1 byte), the length of the payload (2 bytes, big endian) and the payload.
 * The first frame holds the call's UUID, which in lower case is the call id; then comes 16-bit little endian audio, with no frames during
 * silence. The dialplan's application gives up after 2 s without frames in either direction, and if its frames get no reply. So each frame
 * is answered with silence of the same length, and silence is also sent periodically while none arrive. The call may end with an empty
 * frame; usually the connection just closes.
 */
final class AudioSocketDecoder implements Decoder {
    private static final int HANGUP = 0x00;
    private static final int ID = 0x01;
    private static final int SILENCE = 0x02;
    private static final int DTMF = 0x03;
    private static final int AUDIO_FIRST = 0x10;
    private static final int ERROR = 0xff;
    private static final int HEADER_BYTES = 3;
    private static final int ID_BYTES = 16;
    /** 20 ms at 8 kHz, until the first frame shows its format. */
    private static final int SILENCE_BYTES = 320;
    /** Silence is sent after this long without a reply. */
    static final int QUIET_MS = 500;

    /** By kind, from {@link #AUDIO_FIRST} on. */
    private static final int[] RATES_HZ = {8_000, 12_000, 16_000, 24_000, 32_000, 44_100, 48_000, 96_000, 192_000};

    private final Roles roles;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    private ByteBuffer content = ByteBuffer.allocate(0);
    private ByteBuffer silence = silence(AUDIO_FIRST, SILENCE_BYTES);
    private boolean opened;
    private boolean ended;
    private boolean answered;
    private long quietSinceMs = Long.MAX_VALUE;

    AudioSocketDecoder(Roles roles) {
        this.roles = roles;
    }

    @Override
    public void text(String message, CallSink sink) {
        sink.odd();
    }

    @Override
    public void binary(ByteBuffer bytes, CallSink sink) throws RefusedException {
        while (bytes.hasRemaining() && !ended) {
            if (header.hasRemaining()) {
                fill(header, bytes);
                if (header.hasRemaining()) {
                    return;
                }
                content = ByteBuffer.allocate(header.getShort(1) & 0xffff);
            }
            fill(content, bytes);
            if (!content.hasRemaining()) {
                header.clear();
                frame(header.get(0) & 0xff, content.flip(), sink);
            }
        }
        bytes.position(bytes.limit());
    }

    private static void fill(ByteBuffer into, ByteBuffer from) {
        int length = Math.min(into.remaining(), from.remaining());
        into.put(from.slice(from.position(), length));
        from.position(from.position() + length);
    }

    private void frame(int kind, ByteBuffer content, CallSink sink) throws RefusedException {
        if (kind >= AUDIO_FIRST && kind < AUDIO_FIRST + RATES_HZ.length) {
            audio(kind, content, sink);
            return;
        }
        switch (kind) {
            case ID -> open(content, sink);
            case DTMF -> sink.tones();
            case HANGUP -> {
                ended = true;
                sink.end();
                // Asterisk does not always close the connection after a hang-up.
                sink.close(CloseCode.NORMAL, "hung up");
            }
            case SILENCE -> {
                // The clock of arrival accounts for the silence.
            }
            case ERROR -> sink.odd();
            default -> sink.odd();
        }
    }

    private void open(ByteBuffer id, CallSink sink) throws RefusedException {
        if (id.remaining() != ID_BYTES) {
            throw new RefusedException(
                    Refusal.PROTOCOL,
                    "the UUID must have 16 bytes: length=" + id.remaining() + "; send AudioSocket frames");
        }
        sink.open(CallStart.of(new UUID(id.getLong(), id.getLong()).toString()));
        opened = true;
    }

    private void audio(int kind, ByteBuffer samples, CallSink sink) throws RefusedException {
        int length = samples.remaining();
        if (!opened || length == 0) {
            sink.odd();
            return;
        }
        silence = silence(kind, length);
        answered = true;
        sink.reply(silence.duplicate());
        sink.media(roles.single(), AudioForm.linear(RATES_HZ[kind - AUDIO_FIRST]), samples, SourceTime.UNSAID);
    }

    private static ByteBuffer silence(int kind, int length) {
        return ByteBuffer.allocate(HEADER_BYTES + length).put(0, (byte) kind).putShort(1, (short) length);
    }

    @Override
    public void tick(long nowMs, CallSink sink) {
        if (!opened || ended) {
            return;
        }
        if (answered || quietSinceMs == Long.MAX_VALUE) {
            answered = false;
            quietSinceMs = nowMs;
        } else if (nowMs - quietSinceMs >= QUIET_MS) {
            quietSinceMs = nowMs;
            sink.reply(silence.duplicate());
        }
    }
}
