package io.undertone.ingest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is known of a call besides its audio, such as {@code queue=billing, agent=a-17}. At most 16 names of 1 to 64 letters, digits,
 * {@code . _ -}; values of at most 256 printable characters; 2,048 bytes in all, as UTF-8. Immutable.
 *
 * @param byName values by name, sorted by name
 */
public record CallAttributes(Map<String, String> byName) {
    /** Maximum number of attributes of a call. */
    public static final int MAX_ENTRIES = 16;

    /** Maximum length of a name. */
    public static final int MAX_NAME_CHARS = 64;

    /** Maximum length of a value. */
    public static final int MAX_VALUE_CHARS = 256;

    /** Maximum bytes of all names and values. */
    public static final int MAX_BYTES = 2_048;

    /** A call without attributes. */
    public static final CallAttributes NONE = new CallAttributes(Map.of());

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1," + MAX_NAME_CHARS + "}");
    private static final byte VERSION = 1;

    /** @throws IllegalArgumentException naming the broken rule but no value, which may be personal */
    public CallAttributes {
        if (byName.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException("attributes must be at most " + MAX_ENTRIES + ": count=" + byName.size()
                    + "; leave out attributes that are not needed");
        }
        int bytes = 0;
        for (Map.Entry<String, String> attribute : byName.entrySet()) {
            checkName(attribute.getKey());
            checkValue(attribute.getKey(), attribute.getValue());
            bytes += utf8(attribute.getKey()) + utf8(attribute.getValue());
        }
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("attributes must be at most " + MAX_BYTES + " bytes in all: size="
                    + bytes + " bytes; shorten their values");
        }
        byName = Collections.unmodifiableMap(new TreeMap<>(byName));
    }

    /** Whether this can be one of a call's attributes. */
    public static boolean isAttribute(String name, String value) {
        return NAME.matcher(name).matches() && isValue(value);
    }

    /** These attributes if they are valid, else {@link #NONE}: for records that another program may have written. */
    public static CallAttributes ofAny(Map<String, String> byName) {
        if (byName.isEmpty()) {
            return NONE;
        }
        try {
            return new CallAttributes(byName);
        } catch (IllegalArgumentException e) {
            return NONE;
        }
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("an attribute's name must be 1 to " + MAX_NAME_CHARS
                    + " letters (a to z, A to Z), digits, '.', '_' or '-': length=" + name.length());
        }
    }

    private static void checkValue(String name, String value) {
        if (!isValue(value)) {
            throw new IllegalArgumentException("an attribute's value must be at most " + MAX_VALUE_CHARS
                    + " printable characters: " + name + " has " + value.length());
        }
    }

    private static boolean isValue(String value) {
        return value.length() <= MAX_VALUE_CHARS
                && value.chars().noneMatch(c -> Character.isISOControl(c) || c == 0xFFFD);
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Whether there are no attributes. */
    public boolean isEmpty() {
        return byName.isEmpty();
    }

    /** Serializes for {@link #fromBytes}: version, count, and each name and value. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte(byName.size());
            for (Map.Entry<String, String> attribute : byName.entrySet()) {
                out.writeUTF(attribute.getKey());
                out.writeUTF(attribute.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /** Reads the bytes of {@link #toBytes}.
     *
     * @throws IllegalArgumentException if they have another version
     */
    public static CallAttributes fromBytes(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte version = in.readByte();
            if (version != VERSION) {
                throw new IllegalArgumentException("version of stored attributes must be " + VERSION + ": " + version);
            }
            Map<String, String> byName = new TreeMap<>();
            for (int count = in.readByte(); count > 0; count--) {
                String name = in.readUTF();
                byName.put(name, in.readUTF());
            }
            return new CallAttributes(byName);
        } catch (IOException e) {
            throw new IllegalArgumentException("stored attributes must be complete: " + e, e);
        }
    }

    /** Names only: values may be personal and do not belong in a log. */
    @Override
    public String toString() {
        return "CallAttributes" + byName.keySet();
    }
}
