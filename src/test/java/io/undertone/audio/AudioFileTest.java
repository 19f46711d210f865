package io.undertone.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class AudioFileTest {
    /** 4 s of recorded speech: see the README beside it. */
    private static final Path FLAC = Path.of("src/test/resources/golden/customer.flac");

    private static final Path CORPUS = Path.of("../shared/data/ravdess");

    /** Their RMS, as soundfile 0.12 reads them. */
    private static final double RMS = 0.05102;

    @TempDir
    Path folder;

    private static ByteBuffer wav(int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A WAV file of the given format around {@code data}. */
    private static byte[] wav(int tag, int channels, int rateHz, int bits, byte[] data) {
        ByteBuffer file = wav(44 + data.length);
        file.put(ascii("RIFF"))
                .putInt(36 + data.length)
                .put(ascii("WAVEfmt "))
                .putInt(16)
                .putShort((short) tag);
        file.putShort((short) channels).putInt(rateHz).putInt(rateHz * channels * bits / 8);
        file.putShort((short) (channels * bits / 8))
                .putShort((short) bits)
                .put(ascii("data"))
                .putInt(data.length)
                .put(data);
        return file.array();
    }

    private Recording read(byte[] file) throws IOException {
        return AudioFile.read(Files.write(folder.resolve("file"), file));
    }

    private void assertRefused(byte[] file, String... parts) {
        assertThatExceptionOfType(AudioFileException.class)
                .isThrownBy(() -> read(file))
                .withMessageContainingAll(parts)
                .withMessageContaining(folder.toString());
    }

    @Test
    void shouldReadEveryEncoding() throws IOException {
        assertThat(read(wav(1, 1, 8_000, 8, new byte[] {(byte) 128, (byte) 192, 0}))
                        .channel(0))
                .containsExactly(0f, 0.5f, -1f);
        assertThat(read(wav(1, 1, 8_000, 16, new byte[] {0, 0x40, 0, (byte) 0x80}))
                        .channel(0))
                .containsExactly(0.5f, -1f);
        assertThat(read(wav(1, 1, 8_000, 24, new byte[] {0, 0, 0x40, 0, 0, (byte) 0x80, 1, 0, 0}))
                        .channel(0))
                .containsExactly(0.5f, -1f, 1 / 8_388_608f);
        assertThat(read(wav(1, 1, 8_000, 32, new byte[] {0, 0, 0, 0x40})).channel(0))
                .containsExactly(0.5f);
        assertThat(read(wav(3, 1, 8_000, 32, new byte[] {0, 0, 0, 0x3f})).channel(0))
                .containsExactly(0.5f);
        assertThat(read(wav(7, 1, 8_000, 8, new byte[] {0})).channel(0)).containsExactly(-32_124 / 32_768f);
        assertThat(read(wav(6, 1, 8_000, 8, new byte[] {(byte) 0xd5})).channel(0))
                .containsExactly(8 / 32_768f);
    }

    @Test
    void shouldReadChannelsApart() throws IOException {
        Recording recording =
                read(wav(1, 3, 11_025, 8, new byte[] {0, (byte) 128, (byte) 192, 0, (byte) 128, (byte) 192}));
        assertThat(recording.channels()).isEqualTo(3);
        assertThat(recording.samples()).isEqualTo(2);
        assertThat(recording.sampleRateHz()).isEqualTo(11_025);
        assertThat(recording.channel(0)).containsExactly(-1, -1);
        assertThat(recording.channel(2)).containsExactly(0.5f, 0.5f);
    }

    @Test
    void shouldReadBackWhatTheWriterWrote() throws IOException {
        float[] left = new float[1_001];
        float[] right = new float[1_001];
        for (int i = 0; i < left.length; i++) {
            left[i] = G711.fromMulaw((byte) i) / 32_768f;
            right[i] = G711.fromAlaw((byte) i) / 32_768f;
        }
        Path file = folder.resolve("out.wav");
        for (SampleFormat format : new SampleFormat[] {SampleFormat.PCM_S16LE, SampleFormat.PCM_F32LE}) {
            AudioWriter.writeWav(file, new Recording(16_000, new float[][] {left, right}), format);
            assertThat(AudioFile.read(file).channel(0)).containsExactly(left);
            assertThat(AudioFile.read(file).channel(1)).containsExactly(right);
        }
        AudioWriter.writeWav(file, new Recording(8_000, new float[][] {left}), SampleFormat.MULAW);
        assertThat(AudioFile.read(file).channel(0))
                .usingElementComparator(Float::compare)
                .isEqualTo(plusZero(left));
        AudioWriter.writeWav(file, new Recording(8_000, new float[][] {right}), SampleFormat.ALAW);
        assertThat(AudioFile.read(file).channel(0)).containsExactly(right);
    }

    private static float[] plusZero(float[] samples) {
        float[] changed = samples.clone();
        for (int i = 0; i < changed.length; i++) {
            changed[i] += 0f;
        }
        return changed;
    }

    @Test
    void shouldPassOverOtherChunksAndReadTheExtensibleFormat() throws IOException {
        ByteBuffer file = wav(200);
        file.put(ascii("RIFF")).putInt(192).put(ascii("WAVE"));
        file.put(ascii("LIST")).putInt(5).put(new byte[6]);
        file.put(ascii("fmt "))
                .putInt(40)
                .putShort((short) 0xfffe)
                .putShort((short) 1)
                .putInt(8_000)
                .putInt(16_000);
        file.putShort((short) 2)
                .putShort((short) 16)
                .putShort((short) 22)
                .putShort((short) 16)
                .putInt(4);
        file.putShort((short) 1).put(new byte[14]);
        file.put(ascii("junk")).putInt(0);
        file.put(ascii("data")).putInt(4).putShort((short) 16_384).putShort((short) -16_384);
        assertThat(read(file.array()).channel(0)).containsExactly(0.5f, -0.5f);
    }

    @Test
    void shouldReadDataOfUnknownSizeToTheEnd() throws IOException {
        byte[] file = wav(1, 1, 8_000, 16, new byte[] {0, 0x40, 0, 0x40, 7});
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(40, -1);
        assertThat(read(file).samples()).isEqualTo(2);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(40, 0);
        assertThat(read(file).samples()).isEqualTo(2);
    }

    @Test
    void shouldRefuseWhatIsDamaged() {
        assertRefused(new byte[0], "must be a WAV, FLAC, AIFF or AU file", "it is empty");
        assertRefused(wav(1, 0, 8_000, 16, new byte[4]), "channels must be >= 1");
        assertRefused(wav(1, 1, 0, 16, new byte[4]), "sampleRateHz=0");
        assertRefused(wav(1, 1, -8_000, 16, new byte[4]), "sampleRateHz=-8000");
        assertRefused(wav(3, 1, 8_000, 32, new byte[] {0, 0, (byte) 0xc0, 0x7f}), "finite", "NaN");
        assertRefused(Arrays.copyOf(wav(1, 1, 8_000, 16, new byte[4]), 36), "data chunk", "none found");
    }

    @Test
    void shouldReadAPipeToItsEnd() throws IOException {
        byte[] file = wav(1, 1, 8_000, 16, new byte[20_000]);
        for (int said : new int[] {20_000, 0, -1, 0x7fff_f000, 30_000}) {
            ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(40, said);
            ByteArrayInputStream pipe = new ByteArrayInputStream(file);
            try (AudioStream stream = AudioFile.open(pipe, "pipe")) {
                float[][] block = new float[1][4_000];
                int samples = 0;
                for (int read = stream.read(block, 4_000); read > 0; read = stream.read(block, 4_000)) {
                    samples += read;
                }
                assertThat(samples).isEqualTo(10_000);
                assertThat(stream.remarks()).hasSize(said == 0 || said == 30_000 ? 1 : 0);
            }
            assertThat(pipe.available()).isZero();
        }
    }

    @Test
    void shouldReadAFlacFileAsItWasBefore() throws IOException {
        Recording recording = AudioFile.read(FLAC);
        assertThat(recording.sampleRateHz()).isEqualTo(8_000);
        assertThat(recording.channels()).isEqualTo(1);
        float[] samples = recording.channel(0);
        assertThat(samples).hasSize(32_000);
        assertThat(Arrays.copyOf(samples, 5))
                .containsExactly(-0.0064697266f, -0.045776367f, -0.076049805f, -0.079956055f, -0.076049805f);
        double power = 0;
        for (float sample : samples) {
            power += sample * sample;
        }
        assertThat(Math.sqrt(power / samples.length)).isCloseTo(RMS, offset(1e-4));
    }

    @Test
    void shouldReadEveryFlacOfTheCorpora() throws IOException {
        assumeTrue(Files.exists(CORPUS), "skipped: " + CORPUS + " is absent");
        try (Stream<Path> files = Files.list(CORPUS)) {
            for (Path file : files.filter(f -> f.toString().endsWith("2.flac")).toList()) {
                assertThat(AudioFile.read(file).samples()).isGreaterThan(16_000);
            }
        }
    }

    @Test
    void shouldRefuseADamagedFlacFile() throws IOException {
        byte[] file = Files.readAllBytes(FLAC);
        assertRefused(Arrays.copyOf(file, 30), "cut short");
        assertRefused(Arrays.copyOf(file, file.length - 500), "cut short");
        byte[] flipped = file.clone();
        flipped[file.length / 2] ^= 0x10;
        assertRefused(flipped, "damaged");
    }

    /** Whatever stands in a file: it is read, or refused by an exception of ours; never an error, and never without end. */
    @Test
    @Timeout(120)
    void shouldSurviveRandomDamage() throws IOException {
        Random random = new Random(3);
        byte[] samples = new byte[4_000];
        random.nextBytes(samples);
        byte[] wav = wav(1, 2, 8_000, 16, samples);
        byte[] flac = Files.readAllBytes(FLAC);
        for (int i = 0; i < 600; i++) {
            byte[] file = (i % 3 == 0 ? flac : wav).clone();
            int reach = i % 2 == 0 ? 60 : file.length;
            for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                file[random.nextInt(reach)] = (byte) random.nextInt();
            }
            try {
                read(random.nextInt(4) == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file);
            } catch (AudioFileException refused) {
                assertThat(refused).hasMessageContaining(folder.toString());
            }
        }
    }
}
