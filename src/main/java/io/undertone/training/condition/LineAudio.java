package io.undertone.training.condition;

import io.undertone.audio.PcmDecoder;
import io.undertone.audio.SampleFormat;
import io.undertone.ingest.Chunk;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * The audio at the far end of a line: coded bytes in packets of 20 ms, some of them lost. Immutable.
 */
public final class LineAudio {
    /** Packets of 20 ms. */
    static final int PACKETS_PER_S = 50;

    private final byte[] audio;
    private final SampleFormat format;
    private final int sampleRateHz;
    private final BitSet lost;

    LineAudio(byte[] audio, SampleFormat format, int sampleRateHz, BitSet lost) {
        this.audio = audio;
        this.format = format;
        this.sampleRateHz = sampleRateHz;
        this.lost = lost;
    }

    /** A line that only converts to 16 bits, and rates below 8 or above 48 kHz to these. */
    static LineAudio linear(float[] samples, int sampleRateHz) {
        int rate = Math.max(Chunk.MIN_RATE_HZ, Math.min(Chunk.MAX_RATE_HZ, sampleRateHz));
        return Line.of(Resampling.convert(samples, sampleRateHz, rate, 1), rate).code(SampleFormat.PCM_S16LE);
    }

    /** Audio that has already passed a line, without losses. */
    public static LineAudio intact(byte[] audio, SampleFormat format, int sampleRateHz) {
        return new LineAudio(audio, format, sampleRateHz, new BitSet());
    }

    /** The same audio with each packet lost with a probability of {@code share}. */
    LineAudio lose(double share, SplittableRandom random) {
        BitSet gone = new BitSet();
        for (int packet = 0; packet < packets(); packet++) {
            gone.set(packet, random.nextDouble() < share);
        }
        return new LineAudio(audio, format, sampleRateHz, gone);
    }

    /** The number of packets, the last of which may be shorter. */
    public int packets() {
        return (audio.length + packetBytes() - 1) / packetBytes();
    }

    public SampleFormat format() {
        return format;
    }

    public int sampleRateHz() {
        return sampleRateHz;
    }

    /** Whether any packet was lost. */
    public boolean hasLosses() {
        return !lost.isEmpty();
    }

    /** Whether packet {@code i}, 20 ms from {@code 20 i} ms on, was lost. */
    public boolean isLost(int packet) {
        return lost.get(packet);
    }

    /** Bytes of a packet of 20 ms. */
    public int packetBytes() {
        return sampleRateHz / PACKETS_PER_S * format.bytesPerSample();
    }

    /** The decoded samples, with lost packets as silence. */
    public float[] heard() {
        float[] samples = PcmDecoder.decode(format, audio);
        int packet = packetBytes() / format.bytesPerSample();
        for (int i = lost.nextSetBit(0); i >= 0; i = lost.nextSetBit(i + 1)) {
            Arrays.fill(samples, Math.min(samples.length, i * packet), Math.min(samples.length, (i + 1) * packet), 0);
        }
        return samples;
    }

    /** All bytes, including lost packets; not a copy, must not be changed. */
    public byte[] audio() {
        return audio;
    }
}
