/**
 * Training and measuring, beside the flow: what {@code train} and {@code evaluate} do.
 *
 * <ol>
 *   <li>{@code training.corpus}: labelled recordings on disk, whatever their authors called them
 *   <li>{@code training.condition}: what a line does to a recording: band, coding, gain, noise, loss; augmentation
 *   <li>{@code training.hearing}: recordings as the far end of a line hears them: windows
 *   <li>{@code training.calls}: calls put together from clips; how long emotions last
 *   <li>{@code training.frames}: the recipe {@code telephone}: pictures of frames, copies over many lines
 *   <li>{@code training.voice}: the recipe {@code voice}: scenes with a voice and without, sounds made up, the network that tells them apart
 *   <li>{@code training.table}: rows of features; SMOTE, splits and folds
 *   <li>{@code training.network}: the networks' training loop, resumable and seeded
 *   <li>{@code training.score}: recall, calibration, agreement
 *   <li>{@code training.ordinary}: ordinary speech, and what is no speech: how often something is heard that is not there
 *   <li>{@code training.site}: temperatures, priors and thresholds for a site's own calls
 *   <li>{@code training.precision}: networks in 8 bits: ranges, and what that changes
 *   <li>{@code training.report}: JSON, Markdown and figures of the above; the model card
 * </ol>
 */
@NullMarked
package io.undertone.training;

import org.jspecify.annotations.NullMarked;
