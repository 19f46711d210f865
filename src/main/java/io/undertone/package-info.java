/**
 * Undertone: a streaming emotion detector for call centers.
 *
 * <p>The flow, in order; each stage may use the values of an earlier one, never those of a later:
 *
 * <ol>
 *   <li>{@code audio}: samples in files and bytes: G.711, PCM, FLAC, GSM, containers, sample rates
 *   <li>{@code ingest}: chunks of a leg brought into order; gaps, duplicates, lateness; what is refused
 *   <li>{@code features}: frames, log-mel, MFCCs, speech gate; {@code FeatureSpec} says it all
 *   <li>{@code window}: 3 s every 1 s, from small per-leg state
 *   <li>{@code inference}: five CNNs and XGBoost, batched; engines {@code dl4j}, {@code onnx}, {@code xgboost}
 *   <li>{@code vote}: the majority of six, each verdict using the windows before it
 *   <li>{@code publish}: events and summaries as records
 *   <li>{@code alert}: rules over the events of a leg
 *   <li>{@code topology}: the Kafka Streams applications, wired from the above
 * </ol>
 *
 * <p>Before the flow: {@code gateway} (telephony's protocols in, chunks out), {@code caller} (their clients, to try it with).
 *
 * <p>After the flow: {@code webhooks} (alerts, summaries and conversations posted to URLs).
 *
 * <p>Beside the flow: {@code codec} (records to bytes and back), {@code affect} (what emotions come to in sentiment, valence and arousal), {@code conversation} (who talks in a call), {@code bundle} (models on disk), {@code model} (a bundle on an
 * engine with its vote), {@code source} (audio of recordings and live legs to chunks on Kafka), {@code kafka} (the cluster, its
 * topics, producers and consumers), {@code classify} (recordings to events without Kafka), {@code training}, {@code config}, {@code
 * registry} (schemas by number), {@code metrics}, {@code web}, {@code embedded} (the in-process broker), {@code bench} (measuring
 * under load), {@code failure} (what a command could not do), {@code signing} (message authentication codes), {@code testkit} (records for the tests of integrators), {@code cli}.
 */
@NullMarked
package io.undertone;

import org.jspecify.annotations.NullMarked;
