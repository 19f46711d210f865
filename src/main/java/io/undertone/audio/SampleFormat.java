package io.undertone.audio;

/** Encoding of mono samples. */
public enum SampleFormat {
    /** 16-bit signed integers, little endian; full scale is 32,768. */
    PCM_S16LE(2),
    /** 32-bit IEEE 754 floats, little endian; full scale is 1. */
    PCM_F32LE(4),
    /** ITU-T G.711 mu-law, one byte a sample. */
    MULAW(1),
    /** ITU-T G.711 A-law, one byte a sample. */
    ALAW(1);

    private final int bytesPerSample;

    SampleFormat(int bytesPerSample) {
        this.bytesPerSample = bytesPerSample;
    }

    /** Bytes of one sample: 1, 2 or 4. */
    public int bytesPerSample() {
        return bytesPerSample;
    }
}
