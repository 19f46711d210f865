import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;

/**
 * Reads one connection of Asterisk's AudioSocket: the caller's voice on a call. One thread a connection. Asterisk sends nothing in silence, so
 * that positions follow the clock of arrival where it is ahead.
 */
public final class AudioSocketServer {
    /** Opens the publisher of a call's customer leg. */
    public interface Legs {
        LegPublisher open(UUID call, int sampleRateHz) throws IOException;
    }

    /**
     * Arrival that is ahead by more is silence that passed. The gateway is finer: it waits for a second whether a burst catches up, as
     * after a network that stalled.
     */
    private static final long SLACK_MS = 1_000;

    private AudioSocketServer() {}

    /** Reads until the call hangs up, then ends the leg. */
    public static void serve(InputStream connection, Legs legs, java.util.function.LongSupplier clockMs) throws IOException {
        DataInputStream in = new DataInputStream(connection);
        UUID call = null;
        LegPublisher leg = null;
        long position = 0;
        long startedAtMs = 0; // when position 0 was spoken
        try {
            for (int kind = in.read(); kind > 0; kind = in.read()) { // 0x00, or the end: hung up
                byte[] payload = new byte[in.readUnsignedShort()]; // big endian
                in.readFully(payload);
                int rateHz = sampleRateHz(kind);
                if (kind == 0x01) {
                    java.nio.ByteBuffer id = java.nio.ByteBuffer.wrap(payload);
                    call = new UUID(id.getLong(), id.getLong());
                } else if (rateHz > 0 && call != null) {
                    long spokenAtMs = clockMs.getAsLong() - payload.length / 2 * 1000L / rateHz;
                    if (leg == null) {
                        leg = legs.open(call, rateHz);
                        startedAtMs = spokenAtMs;
                    }
                    long byClock = (spokenAtMs - startedAtMs) * rateHz / 1000;
                    if (byClock - position > SLACK_MS * rateHz / 1000) {
                        position = byClock;
                    }
                    leg.add(position, startedAtMs + position * 1000 / rateHz, payload);
                    position += payload.length / 2;
                }
            }
        } finally {
            if (leg != null) {
                leg.close();
            }
        }
    }

    /** Of messages that carry 16-bit little-endian audio; else 0. 12, 24, 32, 44.1 and 48 kHz came with Asterisk 20 to 23. */
    private static int sampleRateHz(int kind) {
        return switch (kind) {
            case 0x10 -> 8_000;
            case 0x11 -> 12_000;
            case 0x12 -> 16_000;
            case 0x13 -> 24_000;
            case 0x14 -> 32_000;
            case 0x15 -> 44_100;
            case 0x16 -> 48_000;
            default -> 0;
        };
    }
}
