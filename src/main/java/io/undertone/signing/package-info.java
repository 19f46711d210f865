/** Signatures with a shared secret, as platforms and receivers of webhooks ask for them. */
@NullMarked
package io.undertone.signing;

import org.jspecify.annotations.NullMarked;
