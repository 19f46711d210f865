/** The sixth voter. */
@NullMarked
package io.undertone.inference.xgboost;

import org.jspecify.annotations.NullMarked;
