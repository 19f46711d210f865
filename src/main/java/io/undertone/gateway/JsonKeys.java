package io.undertone.gateway;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads names and numbers in platforms' JSON in any spelling. */
final class JsonKeys {
    private static final int KEPT_MAX = 512;
    private static final int DIGITS_MAX = 18;
    private static final Map<String, String> KEPT = new ConcurrentHashMap<>();

    private JsonKeys() {}

    /** In lower case, without underscores, hyphens and blanks: {@code stream_sid}, {@code streamSid} and {@code StreamSID} are one. */
    static String plain(String name) {
        String kept = KEPT.get(name);
        if (kept != null) {
            return kept;
        }
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_' && c != '-' && c != ' ') {
                plain.append(Character.toLowerCase(c));
            }
        }
        String made = plain.toString();
        // Names are chosen by peers, so the cache is bounded.
        if (KEPT.size() < KEPT_MAX && name.length() < 64) {
            KEPT.put(name, made);
        }
        return made;
    }

    /** A whole number, 0 or more; anything after its digits is ignored: {@code "20"}, {@code 20.0}. -1 if there is none. */
    static long number(String text) {
        long value = 0;
        int digits = 0;
        String bare = text.strip();
        while (digits < bare.length() && bare.charAt(digits) >= '0' && bare.charAt(digits) <= '9') {
            if (digits == DIGITS_MAX) {
                return -1;
            }
            value = value * 10 + bare.charAt(digits) - '0';
            digits++;
        }
        return digits == 0 ? -1 : value;
    }
}
