/** What a telephone line does to a recording, seeded. */
@NullMarked
package io.undertone.training.condition;

import org.jspecify.annotations.NullMarked;
