package io.undertone.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers as recorders write them: each row one that was seen in the field, and what is right for it. */
class WavHeaderTest {
    private static final int SAMPLES = 500;
    private static final long IN_DS64 = 0xffff_ffffL;

    @TempDir
    private Path folder;

    /** A header of the given fields. */
    private static ByteBuffer header(String riff, int tag, int channels, int bits, int block, long said) {
        ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii(riff)).putInt(0).put(ascii("WAVEfmt ")).putInt(16);
        header.putShort((short) tag).putShort((short) channels).putInt(8_000).putInt(8_000 * block);
        header.putShort((short) block).putShort((short) bits);
        return header.put(ascii("data")).putInt((int) said);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] joined(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    /** A ramp, one sample in {@code width} bytes, the highest two of which say something. */
    private static byte[] ramp(int width) {
        ByteBuffer data = ByteBuffer.allocate(SAMPLES * width).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < SAMPLES; i++) {
            switch (width) {
                case 1 -> data.put((byte) i);
                case 2 -> data.putShort((short) (i * 64));
                case 3 -> data.put((byte) 0).putShort((short) (i * 64));
                case 4 -> data.putInt(i * 64 << 16);
                default -> data.putDouble(i * 64 / 32_768.0);
            }
        }
        return data.array();
    }

    private record Read(Recording recording, List<String> remarks) {}

    private Read read(byte[] file) throws IOException {
        Path path = Files.write(folder.resolve("call.wav"), file);
        List<String> remarks = new ArrayList<>();
        try (AudioStream stream = AudioFile.open(path)) {
            float[][] block = new float[stream.channels()][100];
            while (stream.read(block, 100) > 0) {
                // Only the remarks are wanted.
            }
            remarks.addAll(stream.remarks());
        }
        return new Read(AudioFile.read(path), remarks);
    }

    private void assertRamp(Read read, @Nullable String remark) {
        assertThat(read.recording.samples()).isEqualTo(SAMPLES);
        float[] samples = read.recording.channel(0);
        for (int i = 0; i < SAMPLES; i++) {
            assertThat(samples[i]).isEqualTo((short) (i * 64) / 32_768f);
        }
        if (remark == null) {
            assertThat(read.remarks).isEmpty();
        } else {
            assertThat(read.remarks)
                    .singleElement()
                    .asString()
                    .contains(folder.resolve("call.wav").toString(), remark);
        }
    }

    /** 1,000 bytes of audio follow, and nothing else. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "1000,       -",
                "0,          read to the end", // stopped before it came to it
                "0xFFFFFFFF, -", // ffmpeg to a pipe
                "0x7FFFF000, -", // sox to a pipe
                "0x80000000, -", // arecord, killed
                "0x7FFFFFFF, -",
                "0xFFFF1000, -",
                "0x7FFFF024, -",
                "1044,       compare it with the original", // counts the header
                "1036,       compare it with the original", // RIFF's size
                "2000,       compare it with the original", // cut short
                "0x7EFFFFFF, compare it with the original",
            })
    void shouldReadWhatIsThereWhateverTheSizeSays(String said, @Nullable String remark) throws IOException {
        assertRamp(read(joined(header("RIFF", 1, 1, 16, 2, Long.decode(said)).array(), ramp(2))), remark);
    }

    @Test
    void shouldHearNoAudioWhereNothingButChunksFollow() throws IOException {
        byte[] metadata = joined(ascii("json"), new byte[] {100, 0, 0, 0}, new byte[100]);
        assertThat(read(joined(header("RIFF", 7, 1, 8, 1, 0).array(), metadata))
                        .recording
                        .samples())
                .isZero();
        assertThat(read(header("RIFF", 7, 1, 8, 1, 0).array()).recording.samples())
                .isZero();
    }

    @Test
    void shouldLeaveOutChunksThatFollow() throws IOException {
        byte[] list = joined(ascii("LIST"), new byte[] {3, 0, 0, 0}, new byte[4]);
        assertRamp(read(joined(header("RIFF", 1, 1, 16, 2, 1_000).array(), ramp(2), list)), null);
        byte[] unpadded = joined(ascii("LIST"), new byte[] {3, 0, 0, 0}, new byte[3]);
        assertRamp(read(joined(header("RIFF", 1, 1, 16, 2, 1_000).array(), ramp(2), unpadded)), null);
    }

    /** The byte that fills an odd chunk up, left out or not zero, before the audio. */
    @Test
    void shouldFindTheAudioBehindAnOddChunk() throws IOException {
        byte[] head = header("RIFF", 1, 1, 16, 2, 1_000).array();
        byte[] begin = Arrays.copyOf(head, 36);
        byte[] data = joined(Arrays.copyOfRange(head, 36, 44), ramp(2));
        byte[] odd = joined(ascii("note"), new byte[] {3, 0, 0, 0, 'a', 'b', 'c'});
        assertRamp(read(joined(begin, odd, data)), null);
        assertRamp(read(joined(begin, odd, new byte[1], data)), null);
        assertRamp(read(joined(begin, odd, ascii("Q"), data)), null);
    }

    @Test
    void shouldSayThatSomethingElseFollows() throws IOException {
        assertRamp(
                read(joined(header("RIFF", 1, 1, 16, 2, 1_000).array(), ramp(2), new byte[600])),
                "600 bytes of something else follow");
    }

    @Test
    void shouldSayThatMoreAudioFollows() throws IOException {
        byte[] list = joined(ascii("LIST"), new byte[] {4, 0, 0, 0}, new byte[4]);
        byte[] appended = joined(ascii("data"), new byte[] {100, 0, 0, 0}, new byte[100]);
        assertRamp(
                read(joined(header("RIFF", 1, 1, 16, 2, 1_000).array(), ramp(2), list, appended)),
                "more than one data chunk: the first, of 1000 bytes, was read");
    }

    @Test
    void shouldSayThatTheHeaderIsCutShort() {
        byte[] begin = Arrays.copyOf(header("RIFF", 1, 1, 16, 2, 1_000).array(), 28);

        assertThatExceptionOfType(AudioFileException.class)
                .isThrownBy(() -> read(begin))
                .withMessageContaining("format chunk must be whole: size=16, left=8; the file is cut short");
    }

    /** Extensions that are longer than they need to be, or say so. */
    @ParameterizedTest
    @CsvSource({"22, 22", "30, 30", "24, 22"})
    void shouldFindTheFormatInAnExtensionOfAnySize(int said, int there) throws IOException {
        ByteBuffer format = ByteBuffer.allocate(18 + there).order(ByteOrder.LITTLE_ENDIAN);
        format.putShort((short) 0xfffe).putShort((short) 1).putInt(8_000).putInt(16_000);
        format.putShort((short) 2).putShort((short) 16).putShort((short) said);
        format.putShort((short) 16).putInt(4).putShort((short) 1);
        byte[] riff = joined(ascii("RIFF"), new byte[4], ascii("WAVE"));
        byte[] size = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(18 + there)
                .array();
        byte[] data = joined(ascii("data"), new byte[] {(byte) 0xe8, 3, 0, 0}, ramp(2));

        assertRamp(read(joined(riff, ascii("fmt "), size, format.array(), data)), null);
    }

    /** Mu-law and A-law are a byte a sample, whatever bits and block size say. */
    @ParameterizedTest
    @CsvSource({"6, 8, 1", "7, 8, 1", "7, 4, 2", "7, 16, 2", "7, 0, 0", "6, 16, 2", "6, 13, 1", "7, 14, 2"})
    void shouldReadCompandedSamplesByTheByte(int tag, int bits, int block) throws IOException {
        Read read = read(joined(header("RIFF", tag, 1, bits, block, SAMPLES).array(), ramp(1)));
        assertThat(read.recording.samples()).isEqualTo(SAMPLES);
        assertThat(read.remarks).isEmpty();
        assertThat(read.recording.channel(0)[3])
                .isEqualTo((tag == 7 ? G711.fromMulaw((byte) 3) : G711.fromAlaw((byte) 3)) / 32_768f);
    }

    /** What bits and block size say, how many bytes a sample really has, and whether they contradict each other. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "1, 16, 2, 2, -",
                "1, 24, 3, 3, -",
                "1, 24, 4, 4, -", // 24 bits at the top of 4 bytes
                "1, 20, 3, 3, -",
                "1, 20, 4, 4, -",
                "1, 13, 2, 2, -",
                "1, 32, 4, 4, -",
                "3, 64, 8, 8, -",
                "1, 16, 1, 2, block size of 1 bytes contradicts its bits",
                "1, 16, 4, 2, block size of 4 bytes contradicts its bits",
                "1, 16, 0, 2, block size of 0 bytes contradicts its bits",
                "1, 24, 2, 3, block size of 2 bytes contradicts its bits",
                "1,  0, 2, 2, the header says 0 bits a sample: read as 16",
                "1, 64, 2, 2, the header says 64 bits a sample: read as 16",
            })
    void shouldSettleBitsAndBlockSize(int tag, int bits, int block, int width, @Nullable String remark)
            throws IOException {
        Read read =
                read(joined(header("RIFF", tag, 1, bits, block, SAMPLES * width).array(), ramp(width)));
        assertRamp(read, remark);
    }

    @ParameterizedTest
    @CsvSource({"RF64", "BW64"})
    void shouldReadTheFormsForLongRecordings(String riff) throws IOException {
        for (long said : new long[] {1_000, 5_000_000_000L, 0}) {
            ByteBuffer head = header(riff, 1, 1, 16, 2, IN_DS64);
            ByteBuffer ds64 = ByteBuffer.allocate(36).order(ByteOrder.LITTLE_ENDIAN);
            ds64.put(ascii("ds64")).putInt(28).putLong(said + 72).putLong(said).putLong(said / 2);
            byte[] file = joined(
                    Arrays.copyOf(head.array(), 12), ds64.array(), Arrays.copyOfRange(head.array(), 12, 44), ramp(2));
            assertRamp(read(file), said == 0 ? "read to the end" : null);
        }
    }

    @Test
    void shouldReadTheFormWithTheHighestByteFirst() throws IOException {
        ByteBuffer file = ByteBuffer.allocate(44 + 2 * SAMPLES);
        file.put(ascii("RIFX")).putInt(36 + 2 * SAMPLES).put(ascii("WAVEfmt ")).putInt(16);
        file.putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(16_000);
        file.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(2 * SAMPLES);
        for (int i = 0; i < SAMPLES; i++) {
            file.putShort((short) (i * 64));
        }
        assertRamp(read(file.array()), null);
    }

    @ParameterizedTest
    @CsvSource({"2, Microsoft ADPCM", "0x11, IMA ADPCM", "0x55, MP3", "0x45, G.726", "0x83, G.729", "0x1234, unknown"})
    void shouldNameWhatIsNotReadAndTheCommandThatConvertsIt(String tag, String name) throws IOException {
        Path file = Files.write(
                folder.resolve("a call.wav"),
                header("RIFF", Integer.decode(tag), 1, 4, 2, 0).array());
        assertThatExceptionOfType(AudioFileException.class)
                .isThrownBy(() -> AudioFile.read(file))
                .withMessageContaining(name)
                .withMessageContaining("tag=" + Integer.decode(tag))
                .withMessageContaining("ffmpeg -i '" + file + "' -c:a pcm_s16le '" + folder + "/a call-pcm.wav'");
    }
}
