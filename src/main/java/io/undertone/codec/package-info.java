/** Records to bytes and back: Avro in single-object encoding, or with a schema registry; schemas of every version. */
@NullMarked
package io.undertone.codec;

import org.jspecify.annotations.NullMarked;
