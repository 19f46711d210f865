/** The live page and the HTTP interface. */
@NullMarked
package io.undertone.web;

import org.jspecify.annotations.NullMarked;
