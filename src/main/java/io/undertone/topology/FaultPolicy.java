package io.undertone.topology;

import io.undertone.config.Stage;
import io.undertone.failure.Failure;
import io.undertone.failure.PartitionsChanged;
import io.undertone.inference.EngineTimeoutException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what to do after a fault that ended a stream thread. A new thread takes over from the last commit, since most faults (a long
 * broker outage) are transient; if that cannot help (a missing topic, a missing access right, an engine that hangs), or at the sixth
 * incident within ten minutes, the process stops so that its orchestrator notices. Failures of several threads within 15 s count as one
 * incident, since an outage affects them all. Thread-safe.
 */
final class FaultPolicy {
    private static final Logger LOG = LoggerFactory.getLogger(FaultPolicy.class);
    private static final int MAX_INCIDENTS = 5;
    private static final long INCIDENT_MS = 15_000;
    private static final long WITHIN_MS = 600_000;
    private static final List<Class<? extends Throwable>> PERMANENT = List.of(
            EngineTimeoutException.class,
            MissingSourceTopicException.class,
            InvalidTopicException.class,
            AuthenticationException.class,
            AuthorizationException.class,
            LinkageError.class,
            OutOfMemoryError.class);

    private final LongSupplier clockMs;
    /** When each incident started. */
    private final ArrayDeque<Long> recentMs = new ArrayDeque<>();

    private final AtomicReference<Throwable> fatal = new AtomicReference<>();

    FaultPolicy(LongSupplier clockMs) {
        this.clockMs = clockMs;
    }

    synchronized StreamThreadExceptionResponse decide(Stage stage, Throwable fault) {
        long now = clockMs.getAsLong();
        Long latest = recentMs.peekLast();
        if (latest == null || now - latest >= INCIDENT_MS) {
            recentMs.add(now);
        }
        recentMs.removeIf(time -> time < now - WITHIN_MS);
        Throwable root = permanentCause(fault);
        if (root == null) {
            root = PartitionsChanged.describe(fault)
                    .<Throwable>map(message -> new Failure(message, fault))
                    .orElse(null);
        }
        if (root != null || recentMs.size() > MAX_INCIDENTS) {
            LOG.error("stage {} stops", stage.configName(), fault);
            fatal.compareAndSet(null, root == null ? fault : root);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.error("stage {} continues with a new thread, from the last commit", stage.configName(), fault);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static @Nullable Throwable permanentCause(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            Throwable candidate = cause;
            if (PERMANENT.stream().anyMatch(type -> type.isInstance(candidate))) {
                return candidate;
            }
        }
        return null;
    }

    /** The fault that stopped a stage permanently. */
    Optional<Throwable> fatal() {
        return Optional.ofNullable(fatal.get());
    }
}
