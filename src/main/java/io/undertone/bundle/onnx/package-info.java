/** A bundle's networks as one ONNX graph: plain for other runtimes, optimised for speed. */
@NullMarked
package io.undertone.bundle.onnx;

import org.jspecify.annotations.NullMarked;
