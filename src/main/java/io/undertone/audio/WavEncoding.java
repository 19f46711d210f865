package io.undertone.audio;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** How a WAV file holds its samples: the format tags and widths that are read. */
enum WavEncoding {
    PCM_8(1, 8),
    PCM_16(1, 16),
    PCM_24(1, 24),
    PCM_32(1, 32),
    FLOAT_32(3, 32),
    ALAW(6, 8),
    MULAW(7, 8);

    /** The tag that says: the real one stands in the extension. */
    static final int EXTENSIBLE = 0xfffe;

    final int tag;
    final int bits;

    WavEncoding(int tag, int bits) {
        this.tag = tag;
        this.bits = bits;
    }

    static @Nullable WavEncoding of(int tag, int bits) {
        for (WavEncoding encoding : values()) {
            if (encoding.tag == tag && encoding.bits == bits) {
                return encoding;
            }
        }
        return null;
    }

    int bytes() {
        return bits / 8;
    }

    /** Decodes the next sample of a little-endian buffer: [-1, 1], but for floats whatever stands there. */
    float next(ByteBuffer source) {
        return switch (this) {
            case PCM_8 -> ((source.get() & 0xff) - 128) / 128f;
            case PCM_16 -> source.getShort() / 32_768f;
            case PCM_24 -> ((source.get() & 0xff) << 8 | (source.get() & 0xff) << 16 | source.get() << 24) / 0x1p31f;
            case PCM_32 -> source.getInt() / 0x1p31f;
            case FLOAT_32 -> source.getFloat();
            case ALAW -> G711.ALAW_VALUES[source.get() & 0xff];
            case MULAW -> G711.MULAW_VALUES[source.get() & 0xff];
        };
    }
}
