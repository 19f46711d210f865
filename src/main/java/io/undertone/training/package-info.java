/**
 * Training and measuring, apart from the flow: what {@code train} and {@code evaluate} do.
 *
 * <ol>
 *   <li>{@code training.corpus}: labelled recordings on disk, in the formats of their authors
 *   <li>{@code training.condition}: what a line does to a recording: band, coding, gain, noise, loss; augmentation
 *   <li>{@code training.hearing}: recordings at the far end of a line, as windows
 *   <li>{@code training.calls}: calls staged from clips; persistence of emotions
 *   <li>{@code training.frames}: the recipe {@code telephone}: pictures of frames, copies over many lines
 *   <li>{@code training.voice}: the recipe {@code voice}: synthetic scenes with and without a voice, and the network that tells them apart
 *   <li>{@code training.table}: rows of features; SMOTE, splits and folds
 *   <li>{@code training.network}: the networks' training loop, resumable and seeded
 *   <li>{@code training.score}: recall, calibration, agreement
 *   <li>{@code training.ordinary}: ordinary speech and other sound: how often a bundle reports an emotion that is not present
 *   <li>{@code training.site}: temperatures, priors and thresholds for a site's own calls
 *   <li>{@code training.precision}: networks in 8 bits: value ranges, and the effect on results
 *   <li>{@code training.report}: JSON, Markdown and figures of the above; the model card
 * </ol>
 */
@NullMarked
package io.undertone.training;

import org.jspecify.annotations.NullMarked;
