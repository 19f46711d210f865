/** Calibrates a bundle on a site's own calls: temperatures, label priors and alert thresholds; its weights stay. */
@NullMarked
package io.undertone.training.site;

import org.jspecify.annotations.NullMarked;
