/**
 * Clients of telephony's protocols, which play a call into a gateway as the platform would: for the demo, the bench and tests. They are
 * written from the platforms' pages and share nothing with the gateway.
 */
@NullMarked
package io.undertone.caller;

import org.jspecify.annotations.NullMarked;
