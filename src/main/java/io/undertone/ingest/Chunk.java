package io.undertone.ingest;

import io.undertone.audio.PcmDecoder;
import io.undertone.audio.SampleFormat;
import io.undertone.ingest.ChunkRefusedException.Reason;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A checked stretch of one leg's audio. With 8,000 samples a second, position 1,600 and 800 bytes of mu-law it is the leg's
 * [200; 300) ms. Immutable, provided that the caller does not change its bytes.
 */
public final class Chunk {
    /** Positions end before this, the limit up to which a double is exact. */
    public static final long MAX_POSITION = 1L << 53;

    /** Times end before this, 2100-01-01, epoch ms: later ones are microseconds by mistake. */
    public static final long MAX_CAPTURED_AT_MS = 4_102_444_800_000L;

    /** Minimum sample rate, Hz. */
    public static final int MIN_RATE_HZ = 8_000;

    /** Maximum sample rate, Hz. */
    public static final int MAX_RATE_HZ = 48_000;

    /** Largest magnitude of a float sample (24 dB over full scale): larger ones are 16-bit values by mistake. */
    public static final float MAX_MAGNITUDE = 16;

    private final long position;
    private final long capturedAtMs;
    private final SampleFormat format;
    private final int sampleRateHz;
    private final byte[] audio;
    private final boolean last;

    private Chunk(long position, long capturedAtMs, SampleFormat format, int sampleRateHz, byte[] audio, boolean last) {
        this.position = position;
        this.capturedAtMs = capturedAtMs;
        this.format = format;
        this.sampleRateHz = sampleRateHz;
        this.audio = audio;
        this.last = last;
    }

    /** Creates a checked chunk.
     *
     * @param position index of its first sample within its leg, [0; 2^53)
     * @param capturedAtMs when that sample was spoken, epoch ms, [0; 2100-01-01)
     * @param format encoding of {@code audio}
     * @param sampleRateHz samples a second, 8,000 to 48,000
     * @param audio mono samples, empty only if {@code last}; not copied, not to be changed afterwards
     * @param last whether it ends the leg
     * @param maxBytes limit on {@code audio}
     * @throws ChunkRefusedException if a rule is broken
     */
    public static Chunk of(
            long position,
            long capturedAtMs,
            SampleFormat format,
            int sampleRateHz,
            byte[] audio,
            boolean last,
            int maxBytes)
            throws ChunkRefusedException {
        check(
                sampleRateHz >= MIN_RATE_HZ && sampleRateHz <= MAX_RATE_HZ,
                Reason.BAD_SAMPLE_RATE,
                "sampleRateHz must be 8000 to 48000 Hz: sampleRateHz=" + sampleRateHz
                        + "; resample the audio or correct the field");
        check(
                audio.length <= maxBytes,
                Reason.TOO_LARGE,
                "audio must be at most audio.chunk.max.bytes=" + maxBytes + " bytes: size=" + audio.length
                        + "; cut it into smaller chunks or raise the limit");
        check(
                audio.length % format.bytesPerSample() == 0,
                Reason.PARTIAL_SAMPLE,
                "audio must be a whole number of samples of " + format.bytesPerSample() + " bytes (" + format
                        + "): size=" + audio.length + "; send whole samples or correct the encoding");
        check(
                audio.length > 0 || last,
                Reason.EMPTY_AUDIO,
                "audio must hold a sample unless last is true: size=0; do not send empty chunks");
        check(
                position >= 0 && position < MAX_POSITION - audio.length,
                Reason.BAD_POSITION,
                "position must be in [0; 2^53) samples: position=" + position
                        + "; count samples from the leg's first, at the leg's own rate");
        check(
                capturedAtMs >= 0 && capturedAtMs < MAX_CAPTURED_AT_MS,
                Reason.BAD_TIME,
                "capturedAt must be in [0; " + MAX_CAPTURED_AT_MS + ") ms since 1970: capturedAt=" + capturedAtMs
                        + "; give milliseconds");
        if (format == SampleFormat.PCM_F32LE) {
            checkFloats(audio);
        }
        return new Chunk(position, capturedAtMs, format, sampleRateHz, audio, last);
    }

    private static void checkFloats(byte[] audio) throws ChunkRefusedException {
        float[] samples = PcmDecoder.decode(SampleFormat.PCM_F32LE, audio);
        for (int i = 0; i < samples.length; i++) {
            // Written so that NaN fails too.
            if (!(Math.abs(samples[i]) <= MAX_MAGNITUDE)) {
                throw new ChunkRefusedException(
                        Reason.NOT_FINITE,
                        "samples must be finite and within +-16 (full scale is 1): sample " + i + " is "
                                + (Float.isFinite(samples[i]) ? "too large" : String.valueOf(samples[i]))
                                + "; scale to [-1, 1] and send no NaN");
            }
        }
    }

    private static void check(boolean holds, Reason reason, String message) throws ChunkRefusedException {
        if (!holds) {
            throw new ChunkRefusedException(reason, message);
        }
    }

    /** Index of its first sample within its leg. */
    public long position() {
        return position;
    }

    /** Index after its last sample. */
    public long end() {
        return position + samples();
    }

    /** When its first sample was spoken, epoch ms. */
    public long capturedAtMs() {
        return capturedAtMs;
    }

    /** Encoding of its samples. */
    public SampleFormat format() {
        return format;
    }

    /** Samples a second. */
    public int sampleRateHz() {
        return sampleRateHz;
    }

    /** The number of samples. */
    public int samples() {
        return audio.length / format.bytesPerSample();
    }

    /** Length of its audio in bytes. */
    int audioBytes() {
        return audio.length;
    }

    /** Whether it ends the leg. */
    public boolean last() {
        return last;
    }

    /** Decodes samples {@code [from; from + count)} of the chunk into {@code target} from {@code offset} on. */
    public void decode(int from, int count, float[] target, int offset) {
        PcmDecoder.decode(format, audio, from, count, target, offset);
    }

    /** The same audio at another position. */
    Chunk at(long place) {
        return place == position ? this : new Chunk(place, capturedAtMs, format, sampleRateHz, audio, last);
    }

    /** A checksum of its audio. */
    int checksum() {
        CRC32C crc = new CRC32C();
        crc.update(audio, 0, audio.length);
        return (int) crc.getValue();
    }

    /** Writes the audio's length in bytes, then its bytes. */
    void writeAudio(ByteBuffer target) {
        target.putInt(audio.length).put(audio);
    }

    /** Reads a chunk that was checked before it was written. */
    static Chunk restored(
            long position, long capturedAtMs, SampleFormat format, int sampleRateHz, ByteBuffer source, boolean last) {
        byte[] audio = new byte[source.getInt()];
        source.get(audio);
        return new Chunk(position, capturedAtMs, format, sampleRateHz, audio, last);
    }

    /** Without the audio. */
    @Override
    public String toString() {
        return "Chunk[position=" + position + ", samples=" + samples() + ", sampleRateHz=" + sampleRateHz + ", format="
                + format + ", capturedAtMs=" + capturedAtMs + (last ? ", last]" : "]");
    }
}
