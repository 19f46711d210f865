package io.undertone.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kinds of audio files besides WAV and FLAC, and what is said of those that are not read. */
class AudioKindsTest {
    private static final int FRAMES = 300;

    @TempDir
    private Path folder;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private Recording read(String name, byte[] file) throws IOException {
        return AudioFile.read(Files.write(folder.resolve(name), file));
    }

    private void assertRefused(String name, byte[] file, String... parts) throws IOException {
        Path path = Files.write(folder.resolve(name), file);
        assertThatExceptionOfType(AudioFileException.class)
                .isThrownBy(() -> AudioFile.read(path))
                .withMessageContainingAll(parts);
    }

    private static byte[] au(int encoding, long said, byte... data) {
        ByteBuffer file = ByteBuffer.allocate(28 + data.length);
        file.put(ascii(".snd")).putInt(28).putInt((int) said).putInt(encoding).putInt(8_000);
        return file.putInt(1).putInt(0).put(data).array();
    }

    @Test
    void shouldReadAu() throws IOException {
        assertThat(read("a.au", au(1, 2, (byte) 0, (byte) 0x80)).channel(0))
                .containsExactly(-32_124 / 32_768f, 32_124 / 32_768f);
        assertThat(read("a.au", au(27, -1, (byte) 0xd5)).channel(0)).containsExactly(8 / 32_768f);
        assertThat(read("a.au", au(2, 1, (byte) -64)).channel(0)).containsExactly(-0.5f);
        assertThat(read("a.au", au(3, 2, (byte) 0x40, (byte) 0)).channel(0)).containsExactly(0.5f);
        assertThat(read("a.au", au(4, 3, (byte) 0xc0, (byte) 0, (byte) 0)).channel(0))
                .containsExactly(-0.5f);
        assertThat(read("a.au", au(6, 4, (byte) 0x3f, (byte) 0, (byte) 0, (byte) 0))
                        .channel(0))
                .containsExactly(0.5f);
        assertRefused("a.au", au(23, 4, new byte[4]), "encoding=23", "ffmpeg -i ");
        assertRefused("a.au", Arrays.copyOf(au(1, 4, new byte[4]), 20), "cut short");
    }

    private static byte[] aiff(String compression, int bits, byte... data) {
        boolean plain = compression.isEmpty();
        ByteBuffer file = ByteBuffer.allocate(54 + (plain ? 0 : 4) + data.length);
        file.put(ascii("FORM")).putInt(file.capacity() - 8).put(ascii(plain ? "AIFF" : "AIFC"));
        file.put(ascii("COMM")).putInt(plain ? 18 : 22);
        file.putShort((short) 1).putInt(data.length * 8 / bits).putShort((short) bits);
        // 22,050 Hz: 1.0101100010001 * 2^14
        file.putShort((short) (16_383 + 14)).putLong(22_050L << 49);
        file.put(ascii(compression));
        return file.put(ascii("SSND"))
                .putInt(8 + data.length)
                .putInt(0)
                .putInt(0)
                .put(data)
                .array();
    }

    @Test
    void shouldReadAiff() throws IOException {
        Recording recording = read("a.aiff", aiff("", 16, (byte) 0x40, (byte) 0, (byte) 0xc0, (byte) 0));
        assertThat(recording.sampleRateHz()).isEqualTo(22_050);
        assertThat(recording.channel(0)).containsExactly(0.5f, -0.5f);
        assertThat(read("a.aiff", aiff("", 8, (byte) -64)).channel(0)).containsExactly(-0.5f);
        assertThat(read("a.aiff", aiff("sowt", 16, (byte) 0, (byte) 0x40)).channel(0))
                .containsExactly(0.5f);
        assertThat(read("a.aiff", aiff("ulaw", 16, (byte) 0)).channel(0)).containsExactly(-32_124 / 32_768f);
        assertThat(read("a.aiff", aiff("fl32", 32, (byte) 0x3f, (byte) 0, (byte) 0, (byte) 0))
                        .channel(0))
                .containsExactly(0.5f);
        assertRefused("a.aiff", aiff("ima4", 16, new byte[4]), "compression=ima4", "ffmpeg -i ");
        assertRefused("a.aiff", Arrays.copyOf(aiff("", 16, new byte[4]), 30), "COMM", "damaged");
    }

    /** Of every value's sample as libgsm 1.0 decodes it, 16 bits, little-endian. */
    private static long crc(Recording recording) {
        CRC32 crc = new CRC32();
        for (float sample : recording.channel(0)) {
            int value = (int) (sample * 32_768);
            crc.update(value);
            crc.update(value >> 8);
        }
        return crc.getValue();
    }

    @Test
    void shouldDecodeGsmAsOthersDoBitByBit() throws IOException {
        byte[] blocks = new byte[65 * FRAMES];
        new Random(5).nextBytes(blocks);
        ByteBuffer wav = ByteBuffer.allocate(60 + blocks.length).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF")).putInt(52 + blocks.length).put(ascii("WAVEfmt ")).putInt(20);
        wav.putShort((short) 0x31).putShort((short) 1).putInt(8_000).putInt(1_625);
        wav.putShort((short) 65).putShort((short) 0).putShort((short) 2).putShort((short) 320);
        wav.put(ascii("fact")).putInt(4).putInt(320 * FRAMES - 7).put(ascii("data"));
        wav.putInt(blocks.length).put(blocks);
        Recording recording = read("call.WAV", wav.array());
        assertThat(recording.samples()).isEqualTo(320 * FRAMES - 7);
        assertThat(crc(recording)).isEqualTo(0x0ded_3681L);
    }

    @Test
    void shouldDecodeBareGsm() throws IOException {
        byte[] frames = new byte[33 * FRAMES];
        new Random(6).nextBytes(frames);
        for (int i = 0; i < frames.length; i += 33) {
            frames[i] = (byte) (0xd0 | frames[i] & 15);
        }
        assertThat(crc(read("call.gsm", frames))).isEqualTo(0x2012_8b51L);
        frames[33 * 9] = 0;
        assertRefused("call.gsm", frames, "1101", "damaged");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\\0\\0\\0 ftypisom        | MP4, M4A or 3GP",
                "OggS\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0OpusHead | Ogg Opus",
                "#!AMR                      | AMR",
                "\\xff\\xfb\\x90\\0         | MP3",
                "\\xff\\xf3\\x40\\xc0       | MP3",
                "\\xff\\xf1\\x4c\\x80       | AAC",
                "\\xff\\xf9\\x4c\\x80       | AAC",
                "ID3\\x04\\0\\0\\0\\0\\0\\0 | MP3",
            })
    void shouldSayWhatItIsAndHowToConvertIt(String head, String kind) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < head.length(); i++) {
            if (head.startsWith("\\0", i)) {
                text.append('\0');
                i++;
            } else if (head.startsWith("\\x", i)) {
                text.append((char) Integer.parseInt(head.substring(i + 2, i + 4), 16));
                i += 3;
            } else {
                text.append(head.charAt(i));
            }
        }
        assertRefused(
                "call.rec",
                ascii(text.toString()),
                "it is " + kind,
                "ffmpeg -i " + folder + "/call.rec -c:a pcm_s16le " + folder + "/call.wav");
    }

    @Test
    void shouldSayWhatIsNoAudioAtAll() throws IOException {
        assertRefused("a.wav", ascii("{\"code\": 20404}"), "JSON", "in place of a recording");
        assertRefused("a.wav", ascii("<?xml version"), "XML or a web page", "in place of a recording");
        assertRefused("a.wav", ascii("PK\u0003\u0004"), "ZIP", "unpack it");
        assertRefused("a.ulaw", new byte[80], "no header", "ends in .ulaw", "ffmpeg -f mulaw -ar 8000 -ac 1 -i ");
        assertRefused("a.bin", new byte[80], "00 00 00", "ffmpeg -i ");
    }
}
