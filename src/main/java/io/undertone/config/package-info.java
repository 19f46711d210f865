/** Every setting, with its meaning and default. */
@NullMarked
package io.undertone.config;

import org.jspecify.annotations.NullMarked;
