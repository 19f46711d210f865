/** The load test: schedule of legs, latency of their events, resources used. */
@NullMarked
package io.undertone.bench;

import org.jspecify.annotations.NullMarked;
