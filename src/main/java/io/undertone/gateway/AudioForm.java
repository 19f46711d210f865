package io.undertone.gateway;

import io.undertone.audio.SampleFormat;
import io.undertone.ingest.Chunk;
import java.util.Locale;

/**
 * The encoding and rate of a platform's mono audio.
 *
 * @param format of the samples, once their bytes are in order
 * @param bigEndian whether 16-bit samples are in network byte order
 * @param sampleRateHz samples per second
 */
record AudioForm(SampleFormat format, boolean bigEndian, int sampleRateHz) {
    static AudioForm mulaw(int sampleRateHz) {
        return new AudioForm(SampleFormat.MULAW, false, sampleRateHz);
    }

    static AudioForm alaw(int sampleRateHz) {
        return new AudioForm(SampleFormat.ALAW, false, sampleRateHz);
    }

    /** 16-bit, little endian. */
    static AudioForm linear(int sampleRateHz) {
        return new AudioForm(SampleFormat.PCM_S16LE, false, sampleRateHz);
    }

    /**
     * Parses the names that platforms use, such as {@code audio/x-mulaw}, {@code PCMA}, {@code audio/l16;rate=16000}.
     *
     * @param name anything after a semicolon is ignored
     * @param networkOrder whether this platform's 16-bit samples are big endian
     * @throws RefusedException if it is neither G.711 nor 16-bit linear
     */
    static AudioForm named(String name, int sampleRateHz, boolean networkOrder) throws RefusedException {
        int semicolon = name.indexOf(';');
        String plain =
                (semicolon < 0 ? name : name.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
        String bare = plain.startsWith("audio/") ? plain.substring("audio/".length()) : plain;
        return switch (bare.startsWith("x-") ? bare.substring(2) : bare) {
            case "mulaw", "pcmu", "ulaw", "mu-law", "g711u", "g711_ulaw" -> mulaw(sampleRateHz);
            case "alaw", "pcma", "a-law", "g711a", "g711_alaw" -> alaw(sampleRateHz);
            case "l16", "linear16", "pcm", "raw", "pcm16", "slin", "s16le", "pcm_s16le" ->
                new AudioForm(SampleFormat.PCM_S16LE, networkOrder, sampleRateHz);
            default ->
                throw new RefusedException(
                        Refusal.CODEC,
                        "audio must be mu-law, A-law or 16-bit linear; let the platform send one of them");
        };
    }

    /** Whether the sample rate is supported. */
    boolean isTaken() {
        return sampleRateHz >= Chunk.MIN_RATE_HZ && sampleRateHz <= Chunk.MAX_RATE_HZ;
    }

    /** @throws RefusedException if the sample rate is not supported */
    void check() throws RefusedException {
        if (!isTaken()) {
            throw new RefusedException(
                    Refusal.CODEC,
                    "sample rate must be 8000 to 48000 Hz: sampleRateHz=" + sampleRateHz
                            + "; let the platform send one of these");
        }
    }

    int bytesPerSample() {
        return format.bytesPerSample();
    }

    /** The number of samples in this many ms. */
    long samples(long ms) {
        return ms * sampleRateHz / 1_000;
    }

    /** The length of this many samples, in ms. */
    long ms(long samples) {
        return samples * 1_000 / sampleRateHz;
    }

    /** Converts whole samples to the published byte order, in place. */
    void order(byte[] samples) {
        if (bigEndian && format == SampleFormat.PCM_S16LE) {
            for (int i = 0; i + 1 < samples.length; i += 2) {
                byte first = samples[i];
                samples[i] = samples[i + 1];
                samples[i + 1] = first;
            }
        }
    }

    /** The byte that encodes digital silence. */
    byte zero() {
        return switch (format) {
            case MULAW -> (byte) 0xff;
            case ALAW -> (byte) 0xd5;
            case PCM_S16LE, PCM_F32LE -> 0;
        };
    }
}
