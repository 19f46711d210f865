package io.undertone.web;

import java.util.List;

/**
 * The changes that bring a page from one version to another.
 *
 * @param whole whether {@code legs} is the complete state, which replaces the page's
 * @param version of the page afterwards
 * @param nowMs the time, epoch ms
 * @param legs changed legs, each with its new windows
 * @param removed legs that are no longer shown
 */
record Changes(boolean whole, long version, long nowMs, List<LegView> legs, List<Removed> removed) {
    Changes {
        legs = List.copyOf(legs);
        removed = List.copyOf(removed);
    }

    boolean isEmpty() {
        return !whole && legs.isEmpty() && removed.isEmpty();
    }

    /**
     * A leg that is no longer shown.
     *
     * @param version when it went
     * @param number which leg it was
     */
    record Removed(long version, long number) {}
}
