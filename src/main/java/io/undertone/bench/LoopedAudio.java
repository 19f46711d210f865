package io.undertone.bench;

import io.undertone.Role;
import io.undertone.audio.AudioStream;
import io.undertone.audio.SampleFormat;
import io.undertone.failure.Failure;
import io.undertone.source.AudioWindow;
import io.undertone.source.CallAudio;
import io.undertone.source.Chunking;
import io.undertone.source.PlayedCall;
import io.undertone.source.Voice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Recorded voices played in a loop to any number of legs, each from a different offset: leg 0 from the beginning of the
 * first recording, leg 1 from somewhere in the second, and so on. Immutable.
 */
public final class LoopedAudio {
    /** Its multiples, modulo 1, are spread evenly. */
    private static final double GOLDEN_RATIO = 0.618_033_988_749_895;

    private static final int BLOCK_SAMPLES = 1 << 14;

    private record Track(int sampleRateHz, int samples, byte[] encoded) {}

    private final List<Track> tracks;
    private final SampleFormat format;
    private final int chunkMs;

    private LoopedAudio(List<Track> tracks, SampleFormat format, int chunkMs) {
        this.tracks = tracks;
        this.format = format;
        this.chunkMs = chunkMs;
    }

    /**
     * The voices of given roles in calls.
     *
     * @param chunkMs length of a chunk
     * @throws Failure where no call has one
     */
    public static LoopedAudio of(List<PlayedCall> calls, List<Role> roles, SampleFormat format, int chunkMs)
            throws IOException {
        List<Track> tracks = new ArrayList<>();
        for (PlayedCall call : calls) {
            List<Voice> wanted = call.voices().stream()
                    .filter(voice -> roles.contains(voice.role()))
                    .toList();
            tracks.addAll(tracks(call.audio(), wanted, format));
        }
        if (tracks.isEmpty()) {
            throw new Failure("the files must hold a voice of analysis.roles=" + roles + ": there is none");
        }
        return new LoopedAudio(tracks, format, chunkMs);
    }

    private static List<Track> tracks(CallAudio audio, List<Voice> voices, SampleFormat format) throws IOException {
        List<ByteArrayOutputStream> encoded = new ArrayList<>();
        voices.forEach(voice -> encoded.add(new ByteArrayOutputStream()));
        try (AudioStream stream = audio.open()) {
            AudioWindow window = new AudioWindow(stream);
            long from = 0;
            for (long to = window.readTo(BLOCK_SAMPLES); to > from; to = window.readTo(from + BLOCK_SAMPLES)) {
                for (int i = 0; i < voices.size(); i++) {
                    encoded.get(i).writeBytes(window.encode(voices.get(i).channel(), from, to, format));
                }
                from = to;
                window.forgetBefore(from);
            }
        }
        return encoded.stream()
                .map(ByteArrayOutputStream::toByteArray)
                .map(bytes -> new Track(audio.sampleRateHz(), bytes.length / format.bytesPerSample(), bytes))
                .toList();
    }

    /** The same chunking as {@link #position}. */
    Chunking chunking() {
        return Chunking.every(chunkMs);
    }

    int sampleRateHz(int leg) {
        return track(leg).sampleRateHz;
    }

    /** Index of a chunk's first sample within the leg; chunks count from 0. */
    long position(int leg, long chunk) {
        return chunk * chunkMs * sampleRateHz(leg) / 1000;
    }

    /** The bytes of a chunk. */
    byte[] chunk(int leg, long chunk) {
        Track track = track(leg);
        long from = position(leg, chunk);
        int bytes = format.bytesPerSample();
        byte[] audio = new byte[(int) (position(leg, chunk + 1) - from) * bytes];
        int begin = (int) (leg * GOLDEN_RATIO % 1 * track.samples);
        int at = (int) ((begin + from) % track.samples) * bytes;
        for (int done = 0; done < audio.length; ) {
            int part = Math.min(audio.length - done, track.encoded.length - at);
            System.arraycopy(track.encoded, at, audio, done, part);
            done += part;
            at = 0;
        }
        return audio;
    }

    private Track track(int leg) {
        return tracks.get(leg % tracks.size());
    }
}
