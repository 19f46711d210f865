package io.undertone.cli;

import io.undertone.audio.AudioStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An audio stream that records its levels while it is read, for the plot. */
final class MeteredStream implements AudioStream {
    private final AudioStream stream;
    private final List<LevelCurve> levels = new ArrayList<>();

    MeteredStream(AudioStream stream) {
        this.stream = stream;
        for (int channel = 0; channel < stream.channels(); channel++) {
            levels.add(new LevelCurve(stream.sampleRateHz()));
        }
    }

    /** The level of a channel so far. */
    LevelCurve level(int channel) {
        return levels.get(channel);
    }

    @Override
    public int sampleRateHz() {
        return stream.sampleRateHz();
    }

    @Override
    public int channels() {
        return stream.channels();
    }

    @Override
    public int read(float[][] target, int frames) throws IOException {
        int count = stream.read(target, frames);
        for (int channel = 0; channel < levels.size(); channel++) {
            levels.get(channel).add(target[channel], count);
        }
        return count;
    }

    @Override
    public List<String> remarks() {
        return stream.remarks();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
