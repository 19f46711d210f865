package io.undertone.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The size of a file's audio, whose header may be wrong. Programs that write to a pipe, or are killed, leave placeholder sizes: 0,
 * 0xFFFFFFFF, and near to either 2^31 or 2^32 (sox 0x7FFFF000 and in AIFF 0x7F000000, arecord 0x80000000, ffmpeg 0xFFFFFFFF).
 */
final class DataSize {
    /** Sizes from here on may be placeholders. */
    static final long FIRST_PLACEHOLDER = 0x7f00_0000L;

    /** Reads to the end. */
    static final long TO_THE_END = Long.MAX_VALUE;

    private static final int CHUNK_HEADER_BYTES = 8;

    private final AudioInput in;
    private final ByteOrder order;

    /**
     * @param in at the first byte of audio
     * @param order of the sizes in chunks
     */
    DataSize(AudioInput in, ByteOrder order) {
        this.in = in;
        this.order = order;
    }

    /**
     * Bytes of audio.
     *
     * @param declared size in the header, not negative
     * @param fileEnd where the file ends as its header says; used for pipes only
     * @return a count, no more than the file holds, or {@link #TO_THE_END} for a pipe
     */
    long of(long declared, long fileEnd) throws IOException {
        if (declared == 0) {
            return ofNothing(fileEnd);
        }
        if (declared >= FIRST_PLACEHOLDER) {
            return ofPlaceholder(declared, fileEnd);
        }
        long left = in.left();
        if (declared > left) {
            in.remark("the header says " + declared + " bytes of audio, and the file holds " + left
                    + ": read to the end; if it was copied, compare it with the original");
            return left;
        }
        if (in.isSized() && declared < left) {
            Tail tail = tail(declared, fileEnd);
            if (tail == Tail.OTHER) {
                in.remark("the header says " + declared + " bytes of audio, and " + (left - declared)
                        + " bytes of something else follow, which were not read");
            } else if (tail == Tail.MORE_AUDIO) {
                in.remark("more than one data chunk: the first, of " + declared + " bytes, was read");
            }
        }
        return declared;
    }

    private long ofNothing(long fileEnd) throws IOException {
        if (in.left() == 0 || tail(0, fileEnd) != Tail.OTHER) {
            return 0;
        }
        in.remark("the header says that it holds no audio, as a recorder leaves it that was stopped: read to the end");
        return all();
    }

    private long ofPlaceholder(long declared, long fileEnd) throws IOException {
        long left = in.left();
        if (declared > left || !in.isSized()) {
            return all();
        }
        if (declared < left && tail(declared, fileEnd) == Tail.OTHER) {
            in.remark(
                    "the header says " + declared + " bytes of audio, which may stand for an unknown size, and the file"
                            + " holds " + left + ": read to the end");
            return all();
        }
        return declared;
    }

    private long all() throws IOException {
        return in.isSized() ? in.left() : TO_THE_END;
    }

    /** What follows the audio, up to the end of the file. */
    private enum Tail {
        /** Chunks, none of which holds audio. */
        CHUNKS,
        /** Chunks, one of which holds audio, as where a recorder appended to a file. */
        MORE_AUDIO,
        /** Something that is not all chunks. */
        OTHER
    }

    private Tail tail(long offset, long fileEnd) throws IOException {
        if (!in.isSized()) {
            byte[] head = in.peek(CHUNK_HEADER_BYTES);
            long end = in.position() + CHUNK_HEADER_BYTES + size(head);
            return isHead(head) && (end == fileEnd || end + 1 == fileEnd) ? Tail.CHUNKS : Tail.OTHER;
        }
        long begin = in.position() + offset;
        Tail tail = tailAt(begin);
        // Chunks begin at even offsets, but not all writers pad.
        return tail == Tail.OTHER && begin % 2 == 1 ? tailAt(begin + 1) : tail;
    }

    private Tail tailAt(long begin) throws IOException {
        long end = in.position() + in.left();
        long at = begin;
        boolean audio = false;
        while (at < end) {
            byte[] head = in.peekAt(at, CHUNK_HEADER_BYTES);
            if (!isHead(head)) {
                return Tail.OTHER;
            }
            audio |= new String(head, 0, 4, StandardCharsets.ISO_8859_1).equals("data");
            long bytes = size(head);
            at += CHUNK_HEADER_BYTES + bytes;
            if (at < end) {
                at += bytes % 2;
            }
        }
        if (at != end) {
            return Tail.OTHER;
        }
        return audio ? Tail.MORE_AUDIO : Tail.CHUNKS;
    }

    private static boolean isHead(byte[] head) {
        return head.length == CHUNK_HEADER_BYTES && isName(head, 0);
    }

    /** Whether four printable ASCII characters, as of a chunk's name, begin at an offset. */
    static boolean isName(byte[] bytes, int at) {
        boolean is = bytes.length >= at + 4;
        for (int i = at; is && i < at + 4; i++) {
            is = bytes[i] >= ' ' && bytes[i] <= '~';
        }
        return is;
    }

    private long size(byte[] head) {
        return head.length < CHUNK_HEADER_BYTES
                ? 0
                : Integer.toUnsignedLong(ByteBuffer.wrap(head).order(order).getInt(4));
    }
}
