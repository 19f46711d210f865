package io.undertone.audio;

import io.undertone.audio.flac.FlacDecoder;
import io.undertone.audio.flac.FlacException;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;

/** A FLAC file. */
final class FlacStream implements AudioStream {
    private static final String CUT_SHORT = "must hold all that its header promises: it ends in the midst of a frame or"
            + " of the metadata; the file is cut short, copy it again";

    private final AudioInput in;
    private final FlacDecoder decoder;
    private int frame;
    private int taken;

    /**
     * @param in at {@code fLaC}, or at a frame; closed with this stream
     * @param atFrame true: at a frame, without metadata
     */
    FlacStream(AudioInput in, boolean atFrame) throws IOException {
        this.in = in;
        try {
            decoder = atFrame ? FlacDecoder.ofFrames(in.stream()) : FlacDecoder.ofStream(in.stream());
        } catch (FlacException e) {
            throw new AudioFileException(in.name(), String.valueOf(e.getMessage()), e);
        } catch (EOFException e) {
            throw new AudioFileException(in.name(), CUT_SHORT, e);
        }
    }

    @Override
    public int sampleRateHz() {
        return decoder.sampleRateHz();
    }

    @Override
    public int channels() {
        return decoder.channels();
    }

    @Override
    public int read(float[][] target, int frames) throws IOException {
        if (taken == frame) {
            taken = 0;
            frame = next();
        }
        int count = Math.min(frames, frame - taken);
        for (int channel = 0; channel < decoder.channels(); channel++) {
            decoder.copy(channel, taken, count, target[channel], 0);
        }
        taken += count;
        return count;
    }

    private int next() throws IOException {
        try {
            int samples = decoder.next();
            if (samples == 0) {
                in.drain();
            }
            return samples;
        } catch (FlacException e) {
            throw new AudioFileException(in.name(), String.valueOf(e.getMessage()), e);
        } catch (EOFException e) {
            throw new AudioFileException(in.name(), CUT_SHORT, e);
        }
    }

    @Override
    public List<String> remarks() {
        return in.remarks();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
