/**
 * The stage {@code webhooks}: alerts, summaries and conversations posted to URLs following Standard Webhooks, at least once, in order for each call.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a>
 */
@NullMarked
package io.undertone.webhooks;

import org.jspecify.annotations.NullMarked;
