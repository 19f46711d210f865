package io.undertone.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.AudioFile;
import io.undertone.audio.AudioStream;
import io.undertone.audio.PcmDecoder;
import io.undertone.audio.PcmEncoder;
import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.ingest.Chunk;
import io.undertone.ingest.EndReason;
import io.undertone.source.AudioWindow;
import io.undertone.window.Leg;
import io.undertone.window.LegReport;
import io.undertone.window.LegSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file of 64-bit floats by itself, and published: what is heard differs by what the chunks' encoding does to samples, and by nothing else. */
class CallFeedTest {
    private static final FeatureSpec SPEC = FeatureSpecs.telephone();
    private static final int RATE_HZ = 8_000;
    private static final int CHUNK_SAMPLES = RATE_HZ / 5;

    @TempDir
    Path folder;

    /** Four seconds of a quiet buzz over fainter noise: every second it sounds for half of it and dies away. */
    private static float[] buzz() {
        float[] samples = new float[4 * RATE_HZ];
        Random random = new Random(7);
        for (int i = 0; i < samples.length; i++) {
            double t = (double) i / RATE_HZ;
            double loud = 0.01 * (t % 1 < 0.5 ? 1 : Math.exp(-12 * (t % 1 - 0.5)));
            double voice = 0;
            for (int harmonic = 1; harmonic <= 10; harmonic++) {
                voice += Math.sin(2 * Math.PI * 150 * harmonic * t) / harmonic;
            }
            double syllables = 1 + 0.5 * Math.sin(2 * Math.PI * 4 * t);
            samples[i] = (float) (loud * voice * syllables + 1e-5 * random.nextGaussian());
        }
        return samples;
    }

    private Path file(float[] samples) throws IOException {
        ByteBuffer file =
                ByteBuffer.allocate(44 + samples.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(file.capacity() - 8);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        file.putShort((short) 3).putShort((short) 1).putInt(RATE_HZ).putInt(RATE_HZ * Double.BYTES);
        file.putShort((short) Double.BYTES).putShort((short) Double.SIZE);
        file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(samples.length * Double.BYTES);
        for (float sample : samples) {
            file.putDouble(sample);
        }
        return Files.write(folder.resolve("buzz.wav"), file.array());
    }

    private static LegReport classified(AudioStream audio) throws Exception {
        return new CallFeed(SPEC, LegSettings.DEFAULT, 0)
                .run(audio, List.of(new CallFeed.Channel(0, window -> {})))
                .get(0);
    }

    /** As {@code publish} sends it in chunks and {@code serve} hears it. */
    private static LegReport published(Path file, SampleFormat format) throws Exception {
        List<Chunk> chunks = new ArrayList<>();
        try (AudioStream audio = AudioFile.open(file)) {
            AudioWindow window = new AudioWindow(audio);
            boolean last = false;
            for (long from = 0; !last; from += CHUNK_SAMPLES) {
                long end = window.readTo(from + CHUNK_SAMPLES);
                last = window.readTo(end + 1) == end;
                byte[] bytes = window.encode(0, from, end, format);
                chunks.add(Chunk.of(from, from * 1_000 / RATE_HZ, format, RATE_HZ, bytes, last, 1 << 20));
            }
        }
        Leg leg = Leg.open(SPEC, LegSettings.DEFAULT, chunks.get(0), 0);
        for (Chunk chunk : chunks) {
            leg.accept(chunk, 0, window -> {});
        }
        return leg.end(EndReason.LAST_CHUNK, window -> {});
    }

    @ParameterizedTest
    @EnumSource
    void shouldHearAFileAsItIsPublished(SampleFormat format) throws Exception {
        float[] samples = buzz();
        Path file = file(samples);
        float[] carried = PcmDecoder.decode(format, PcmEncoder.encode(format, samples, 0, samples.length));

        LegReport published = published(file, format);
        LegReport classified = classified(new Recording(RATE_HZ, new float[][] {carried}).stream());

        assertThat(published.speechMs()).isPositive().isEqualTo(classified.speechMs());
        assertThat(published.windows()).isEqualTo(classified.windows());
    }

    /** Sound that dies away is lost in mu-law's steps some frames earlier than in the file: a summary of it may differ by 80 ms. */
    @Test
    void shouldHearAFloatFileInItsOwnSamples() throws Exception {
        Path file = file(buzz());
        long own;
        try (AudioStream audio = AudioFile.open(file)) {
            own = classified(audio).speechMs();
        }
        assertThat(published(file, SampleFormat.PCM_F32LE).speechMs()).isEqualTo(own);
        assertThat(published(file, SampleFormat.MULAW).speechMs()).isEqualTo(own - 80);
    }
}
