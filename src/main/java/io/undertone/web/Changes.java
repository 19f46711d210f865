package io.undertone.web;

import java.util.List;

/**
 * What a page that knows one version has to learn to know another.
 *
 * @param whole whether {@code legs} is all there is, so that a page forgets what it had
 * @param version what the page then knows
 * @param nowMs the time, epoch ms
 * @param legs those that changed, each with its new windows
 * @param removed those that are no longer shown
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
