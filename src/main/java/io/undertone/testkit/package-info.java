/** Records for the tests of programs that read or write Undertone's topics. Part of the records jar only. */
@NullMarked
package io.undertone.testkit;

import org.jspecify.annotations.NullMarked;
