/** Where audio comes from: recordings as calls, cut into chunks and published at their own pace. */
@NullMarked
package io.undertone.source;

import org.jspecify.annotations.NullMarked;
