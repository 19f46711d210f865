package io.undertone.gateway;

import io.undertone.Role;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Separates audio whose channels alternate sample by sample: of the 16-bit stereo samples {@code L0 R0 L1 R1}, the first channel gets
 * {@code L0 L1}. Audio of one channel passes unchanged. Messages may split samples anywhere. Not thread-safe.
 */
final class Interleaved {
    private final AudioForm form;
    private final List<Role> channels;
    private final WholeSamples whole = new WholeSamples();

    /**
     * @param form of each channel
     * @param channels the role of each channel, in order; no role twice
     */
    Interleaved(AudioForm form, List<Role> channels) {
        this.form = form;
        this.channels = List.copyOf(channels);
    }

    /** @throws RefusedException as {@link CallSink#media} */
    void media(ByteBuffer bytes, CallSink sink) throws RefusedException {
        if (channels.size() == 1) {
            sink.media(channels.get(0), form, bytes, SourceTime.UNSAID);
            return;
        }
        int unit = form.bytesPerSample();
        byte[] frames = whole.take(bytes, unit * channels.size());
        int samples = frames.length / unit / channels.size();
        for (int channel = 0; samples > 0 && channel < channels.size(); channel++) {
            byte[] part = new byte[samples * unit];
            for (int i = 0; i < samples; i++) {
                System.arraycopy(frames, (i * channels.size() + channel) * unit, part, i * unit, unit);
            }
            sink.media(channels.get(channel), form, ByteBuffer.wrap(part), SourceTime.UNSAID);
        }
    }
}
