package io.undertone.audio;

import java.util.List;

/** A stream over a recording in memory. */
final class RecordingStream implements AudioStream {
    private final Recording recording;
    private int position;

    RecordingStream(Recording recording) {
        this.recording = recording;
    }

    @Override
    public int sampleRateHz() {
        return recording.sampleRateHz();
    }

    @Override
    public int channels() {
        return recording.channels();
    }

    @Override
    public int read(float[][] target, int frames) {
        int count = Math.min(frames, recording.samples() - position);
        recording.copy(position, count, target);
        position += count;
        return count;
    }

    @Override
    public List<String> remarks() {
        return List.of();
    }

    @Override
    public void close() {}
}
