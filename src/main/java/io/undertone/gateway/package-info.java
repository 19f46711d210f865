/**
 * Calls from telephony platforms: their protocols in, chunks of legs out. Each protocol has a {@link io.undertone.gateway.Decoder}; one
 * {@link io.undertone.gateway.Session} handles position, order, silence, limits and ends for all. {@link io.undertone.gateway.Platforms}
 * lists the supported platforms.
 */
@NullMarked
package io.undertone.gateway;

import org.jspecify.annotations.NullMarked;
