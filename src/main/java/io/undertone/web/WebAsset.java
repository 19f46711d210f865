package io.undertone.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** A file of the page, read once from the program's resources; requests never name a file path. */
final class WebAsset {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "json", "application/json");

    private final String contentType;
    private final String tag;
    private final byte[] bytes;

    private WebAsset(String contentType, byte[] bytes) {
        this.contentType = contentType;
        this.bytes = bytes;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            this.tag = '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The resource {@code /web/name}. */
    static WebAsset read(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        try (InputStream resource = WebAsset.class.getResourceAsStream("/web/" + name)) {
            if (type == null || resource == null) {
                throw new IllegalStateException("must be a resource of the program: /web/" + name);
            }
            return new WebAsset(type, resource.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read /web/" + name, e);
        }
    }

    String contentType() {
        return contentType;
    }

    /** Changes with the content. */
    String tag() {
        return tag;
    }

    byte[] bytes() {
        return bytes.clone();
    }
}
