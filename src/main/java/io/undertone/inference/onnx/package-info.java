/** The networks on ONNX Runtime. */
@NullMarked
package io.undertone.inference.onnx;

import org.jspecify.annotations.NullMarked;
