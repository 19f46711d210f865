/**
 * A decoder of FLAC streams (RFC 9639): frame by frame, each checked by its CRCs, the whole by the MD5 of its samples. Strict: what the
 * RFC forbids is an error.
 */
@NullMarked
package io.undertone.audio.flac;

import org.jspecify.annotations.NullMarked;
