package io.undertone.docker;

import java.util.regex.Pattern;

/** Says whether an image is pinned: a tag with at least two numbers, and not one that moves. */
final class Pinned {
    private static final Pattern TAG = Pattern.compile("[a-z0-9./-]+:v?\\d+\\.\\d+[\\w.-]*(@sha256:[0-9a-f]{64})?");

    private Pinned() {}

    static boolean is(String image) {
        return TAG.matcher(image).matches();
    }
}
