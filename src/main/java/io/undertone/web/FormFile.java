package io.undertone.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first file of a form ({@code multipart/form-data}, RFC 7578), streamed without storing it in memory or on disk. Fields before it are
 * skipped, and data after it is not read. Not thread-safe.
 */
final class FormFile extends InputStream {
    private static final Pattern BOUNDARY =
            Pattern.compile("(?:^|;)\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final int HEADERS_MAX_BYTES = 8_192;
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream body;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;
    private boolean ended;

    private FormFile(InputStream body, String boundary) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        // The first delimiter may be at the start of the body, without a preceding line break.
        buffer[0] = '\r';
        buffer[1] = '\n';
        to = 2;
    }

    /** The boundary in the header {@code Content-Type}; empty if that is not a form with files. */
    static Optional<String> boundary(String contentType) {
        if (!contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            return Optional.empty();
        }
        Matcher found = BOUNDARY.matcher(contentType);
        return found.find() ? Optional.of(found.group(1) != null ? found.group(1) : found.group(2)) : Optional.empty();
    }

    /**
     * Reads up to the first byte of the first file.
     *
     * @throws IOException if there is none
     */
    static FormFile open(InputStream body, String boundary) throws IOException {
        FormFile part = new FormFile(body, boundary);
        while (true) {
            part.transferTo(OutputStream.nullOutputStream());
            if (!part.startsPart()) {
                throw new SentBody.RefusedException(
                        400, "the form must hold a file, such as curl -F file=@call.wav sends");
            }
            if (part.headers().toLowerCase(Locale.ROOT).contains("filename")) {
                return part;
            }
        }
    }

    /** Passes over the delimiter and the rest of its line; false after the last part, or where the body ends. */
    private boolean startsPart() throws IOException {
        if (!fill(delimiter.length + 2) || buffer[from + delimiter.length] == '-') {
            return false;
        }
        from += delimiter.length;
        ended = false;
        // The blanks that may follow it, and the line's end.
        for (int next = next(); next != '\n'; next = next()) {
            if (next < 0) {
                return false;
            }
        }
        return true;
    }

    private String headers() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        String end = "\r\n\r\n";
        String sofar = "";
        while (!sofar.endsWith(end) && !sofar.equals("\r\n")) {
            int next = next();
            if (next < 0 || text.size() == HEADERS_MAX_BYTES) {
                throw new SentBody.RefusedException(400, "a part of the form must begin with headers of at most 8 KB");
            }
            text.write(next);
            if (next == '\n') {
                sofar = text.toString(StandardCharsets.UTF_8);
            }
        }
        return sofar;
    }

    private int next() throws IOException {
        return fill(1) ? buffer[from++] & 0xff : -1;
    }

    /** Buffers so many bytes; false if the body ends before. */
    private boolean fill(int wanted) throws IOException {
        if (to - from < wanted && buffer.length - from < Math.max(wanted, BUFFER_BYTES / 2)) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        while (to - from < wanted) {
            int read = body.read(buffer, to, buffer.length - to);
            if (read < 0) {
                return false;
            }
            to += read;
        }
        return true;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (ended) {
            return -1;
        }
        if (!fill(delimiter.length)) {
            throw new SentBody.RefusedException(400, "the form must end with its boundary; it was cut off");
        }
        int safe = 0;
        // Up to where a delimiter begins, or could begin if more data follows.
        while (safe < length && from + safe + delimiter.length <= to && !isDelimiter(from + safe)) {
            safe++;
        }
        if (safe == 0) {
            ended = true;
            return -1;
        }
        System.arraycopy(buffer, from, target, offset, safe);
        from += safe;
        return safe;
    }

    private boolean isDelimiter(int at) {
        return buffer[at] == delimiter[0]
                && Arrays.equals(buffer, at, at + delimiter.length, delimiter, 0, delimiter.length);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
