/**
 * Where audio comes from: recordings as calls, played at their own pace, and the legs of either recordings or live calls, cut into
 * chunks and sent to Kafka.
 */
@NullMarked
package io.undertone.source;

import org.jspecify.annotations.NullMarked;
