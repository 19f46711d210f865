/** Rules over a leg's labelled windows, and when they fire. Plain values in and out; no clock. */
@NullMarked
package io.undertone.alert;

import org.jspecify.annotations.NullMarked;
