package io.undertone.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSizeTest {
    private static final long NO_END = -1;

    @TempDir
    Path folder;

    private record Found(long bytes, List<String> remarks) {}

    private Found inFile(long declared, ByteOrder order, byte[]... parts) throws IOException {
        return inFile(declared, order, Files.write(folder.resolve("audio"), joined(parts)));
    }

    private static Found inFile(long declared, ByteOrder order, Path file) throws IOException {
        try (AudioInput in = AudioInput.of(file, "audio")) {
            return new Found(new DataSize(in, order).of(declared, NO_END), in.remarks());
        }
    }

    private static long inPipe(long declared, long fileEnd, byte[]... parts) throws IOException {
        try (AudioInput in = AudioInput.of(new ByteArrayInputStream(joined(parts)), "pipe")) {
            return new DataSize(in, ByteOrder.LITTLE_ENDIAN).of(declared, fileEnd);
        }
    }

    private static byte[] joined(byte[]... parts) {
        int bytes = 0;
        for (byte[] part : parts) {
            bytes += part.length;
        }
        ByteBuffer joined = ByteBuffer.allocate(bytes);
        for (byte[] part : parts) {
            joined.put(part);
        }
        return joined.array();
    }

    private static byte[] chunk(String name, int bytes, ByteOrder order) {
        return ByteBuffer.allocate(8 + bytes)
                .order(order)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .putInt(bytes)
                .array();
    }

    private static byte[] chunk(String name, int bytes) {
        return chunk(name, bytes, ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void shouldTakeASizeThatFitsTheFile() throws IOException {
        assertThat(inFile(4, ByteOrder.LITTLE_ENDIAN, new byte[4])).isEqualTo(new Found(4, List.of()));
    }

    @Test
    void shouldReadAFileThatWasCutShortToItsEnd() throws IOException {
        assertThat(inFile(10, ByteOrder.LITTLE_ENDIAN, new byte[4]))
                .isEqualTo(new Found(
                        4,
                        List.of("audio: the header says 10 bytes of audio, and the file holds 4: read to the end;"
                                + " if it was copied, compare it with the original")));
    }

    @Test
    void shouldLeaveChunksAfterTheAudioOut() throws IOException {
        assertThat(inFile(4, ByteOrder.LITTLE_ENDIAN, new byte[4], chunk("LIST", 6), chunk("id3 ", 2)))
                .isEqualTo(new Found(4, List.of()));
    }

    @Test
    void shouldReadSizesOfChunksInTheFormatsByteOrder() throws IOException {
        assertThat(inFile(4, ByteOrder.BIG_ENDIAN, new byte[4], chunk("NAME", 6, ByteOrder.BIG_ENDIAN)))
                .isEqualTo(new Found(4, List.of()));
        assertThat(inFile(4, ByteOrder.BIG_ENDIAN, new byte[4], chunk("NAME", 6))
                        .remarks())
                .hasSize(1);
    }

    @Test
    void shouldFindChunksWithAndWithoutPaddingAfterAnOddSize() throws IOException {
        assertThat(inFile(3, ByteOrder.LITTLE_ENDIAN, new byte[3], new byte[1], chunk("LIST", 2)))
                .isEqualTo(new Found(3, List.of()));
        assertThat(inFile(3, ByteOrder.LITTLE_ENDIAN, new byte[3], chunk("LIST", 2)))
                .isEqualTo(new Found(3, List.of()));
    }

    @Test
    void shouldRemarkOnFurtherAudio() throws IOException {
        assertThat(inFile(4, ByteOrder.LITTLE_ENDIAN, new byte[4], chunk("data", 2)))
                .isEqualTo(new Found(4, List.of("audio: more than one data chunk: the first, of 4 bytes, was read")));
    }

    @Test
    void shouldRemarkOnBytesThatAreNoChunks() throws IOException {
        assertThat(inFile(4, ByteOrder.LITTLE_ENDIAN, new byte[7]))
                .isEqualTo(
                        new Found(
                                4,
                                List.of(
                                        "audio: the header says 4 bytes of audio, and 3 bytes of something else follow, which were not read")));
    }

    @Test
    void shouldReadAnInterruptedRecordingToItsEnd() throws IOException {
        assertThat(inFile(0, ByteOrder.LITTLE_ENDIAN, new byte[9]))
                .isEqualTo(
                        new Found(
                                9,
                                List.of(
                                        "audio: the header says that it holds no audio, as a recorder leaves it that was stopped: read to the end")));
        assertThat(inPipe(0, NO_END, new byte[9])).isEqualTo(DataSize.TO_THE_END);
    }

    @Test
    void shouldTakeASizeOf0WhereOnlyChunksFollow() throws IOException {
        assertThat(inFile(0, ByteOrder.LITTLE_ENDIAN, new byte[0])).isEqualTo(new Found(0, List.of()));
        assertThat(inFile(0, ByteOrder.LITTLE_ENDIAN, chunk("LIST", 4))).isEqualTo(new Found(0, List.of()));
        assertThat(inPipe(0, 12, chunk("LIST", 4))).isZero();
        assertThat(inPipe(0, 13, chunk("LIST", 4))).isZero();
        assertThat(inPipe(0, 14, chunk("LIST", 4))).isEqualTo(DataSize.TO_THE_END);
    }

    @Test
    void shouldReadToTheEndWhereTheSizeIsAPlaceholder() throws IOException {
        assertThat(inFile(0xffff_ffffL, ByteOrder.LITTLE_ENDIAN, new byte[5])).isEqualTo(new Found(5, List.of()));
        assertThat(inPipe(DataSize.FIRST_PLACEHOLDER, NO_END, new byte[5])).isEqualTo(DataSize.TO_THE_END);
        assertThat(inPipe(DataSize.FIRST_PLACEHOLDER - 1, NO_END, new byte[5]))
                .isEqualTo(DataSize.FIRST_PLACEHOLDER - 1);
    }

    @Test
    void shouldReadAFileBeyondAPlaceholderToItsEnd() throws IOException {
        Path file = folder.resolve("long");
        long bytes = DataSize.FIRST_PLACEHOLDER + 4;
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(bytes);
        }
        assertThat(inFile(DataSize.FIRST_PLACEHOLDER, ByteOrder.LITTLE_ENDIAN, file))
                .isEqualTo(new Found(
                        bytes,
                        List.of("audio: the header says 2130706432 bytes of audio, which may stand for an unknown size,"
                                + " and the file holds 2130706436: read to the end")));
        assertThat(inFile(bytes, ByteOrder.LITTLE_ENDIAN, file)).isEqualTo(new Found(bytes, List.of()));
    }
}
