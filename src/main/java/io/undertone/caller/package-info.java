/**
 * Clients of telephony protocols, which play a call into a gateway as the platform would, for the demo, the bench and tests. They are written from the platforms' documentation and share no code with the gateway.
 */
@NullMarked
package io.undertone.caller;

import org.jspecify.annotations.NullMarked;
