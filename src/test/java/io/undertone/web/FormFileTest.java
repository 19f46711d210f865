package io.undertone.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormFileTest {
    private static final String FILE = "Content-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\n";
    private static final String FIELD = "Content-Disposition: form-data; name=\"note\"\r\n\r\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "multipart/form-data; boundary=abc | abc",
                "Multipart/Form-Data; charset=utf-8; BOUNDARY=\"a b;c\" | a b;c",
                "multipart/form-data;boundary=x;charset=utf-8 | x",
            })
    void shouldFindTheBoundary(String contentType, String boundary) {
        assertThat(FormFile.boundary(contentType)).contains(boundary);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audio/wav; boundary=abc",
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; notboundary=abc"
            })
    void shouldFindNoBoundary(String contentType) {
        assertThat(FormFile.boundary(contentType)).isEmpty();
    }

    @Test
    void shouldGiveTheFirstFileBehindFields() throws IOException {
        String form = "--b\r\n" + FIELD + "hello\r\n--b\r\n" + FILE + "first\r\n--b\r\n" + FILE + "second\r\n--b--\r\n";

        assertThat(text(FormFile.open(stream(form), "b"))).isEqualTo("first");
    }

    @Test
    void shouldSkipTextBeforeTheFirstPartAndBlanksBehindABoundary() throws IOException {
        String form = "a preamble\r\n--b  \r\n" + FILE + "audio\r\n--b--";

        assertThat(text(FormFile.open(stream(form), "b"))).isEqualTo("audio");
    }

    @Test
    void shouldGiveAnEmptyFile() throws IOException {
        InputStream file = FormFile.open(stream("--b\r\n" + FILE + "\r\n--b--\r\n"), "b");

        assertThat(file.read()).isEqualTo(-1);
        assertThat(file.read()).isEqualTo(-1);
    }

    @Test
    void shouldKeepBytesThatLookLikeABoundary() throws IOException {
        String audio = "\r\n--\r\n--a\r\n-\r\r\n--";

        assertThat(text(FormFile.open(stream("--ab\r\n" + FILE + audio + "\r\n--ab--"), "ab")))
                .isEqualTo(audio);
    }

    /** A file of several buffers, from a body that gives 1 to 7 bytes at a time. */
    @Test
    void shouldGiveTheSameBytesHoweverTheBodyIsSplit() throws IOException {
        Random random = new Random(1);
        byte[] audio = new byte[200_000];
        random.nextBytes(audio);
        String content = new String(audio, StandardCharsets.ISO_8859_1);
        InputStream body = new ByteArrayInputStream(bytes("--edge\r\n" + FILE + content + "\r\n--edge--")) {
            @Override
            public int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(7)));
            }
        };

        assertThat(FormFile.open(body, "edge").readAllBytes()).isEqualTo(audio);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--b--\r\n", "--b", ""})
    void shouldRefuseAFormWithoutParts(String form) {
        assertRefused(
                form,
                form.startsWith("--b--") ? "the form must hold a file, such as curl -F file=@call.wav sends" : null);
    }

    @Test
    void shouldRefuseAFormOfFieldsAlone() {
        assertRefused(
                "--b\r\n" + FIELD + "hello\r\n--b--\r\n",
                "the form must hold a file, such as curl -F file=@call.wav sends");
    }

    @Test
    void shouldRefuseHeadersThatDoNotEnd() {
        assertRefused(
                "--b\r\nX: " + "x".repeat(9_000) + "\r\n\r\n\r\n--b--",
                "a part of the form must begin with headers of at most 8 KB");
    }

    @Test
    void shouldRefuseAFileThatIsCutOff() throws IOException {
        InputStream file = FormFile.open(stream("--b\r\n" + FILE + "some audio, and no end"), "b");

        assertThatThrownBy(file::readAllBytes)
                .isInstanceOfSatisfying(
                        SentBody.RefusedException.class,
                        e -> assertThat(e.status).isEqualTo(400))
                .hasMessage("the form must end with its boundary; it was cut off");
    }

    private static void assertRefused(String form, String message) {
        var thrown = assertThatThrownBy(() -> FormFile.open(stream(form), "b"))
                .isInstanceOfSatisfying(
                        SentBody.RefusedException.class,
                        e -> assertThat(e.status).isEqualTo(400));
        if (message != null) {
            thrown.hasMessage(message);
        }
    }

    private static String text(InputStream file) throws IOException {
        return new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static InputStream stream(String form) {
        return new ByteArrayInputStream(bytes(form));
    }

    private static byte[] bytes(String form) {
        return form.getBytes(StandardCharsets.ISO_8859_1);
    }
}
