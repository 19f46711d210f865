/** Model bundles on disk. */
@NullMarked
package io.undertone.bundle;

import org.jspecify.annotations.NullMarked;
