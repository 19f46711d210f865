package io.undertone.source;

import io.undertone.Role;

/**
 * Whose voice a channel holds.
 *
 * @param channel its index; 0 is the left one
 * @param role whose it is
 */
public record Voice(int channel, Role role) {}
