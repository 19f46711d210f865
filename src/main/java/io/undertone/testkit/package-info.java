/** Records for the tests of programs that read or write Undertone's topics. Stands in the jar of records alone. */
@NullMarked
package io.undertone.testkit;

import org.jspecify.annotations.NullMarked;
