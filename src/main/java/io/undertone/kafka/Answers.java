package io.undertone.kafka;

import io.undertone.failure.Causes;
import io.undertone.failure.Failure;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;

/** Answers of the admin client, waited for. */
final class Answers {
    private Answers() {}

    /**
     * An answer, waited for as long as {@link Cluster#PATIENCE}.
     *
     * @param what was asked for, after "cannot"
     * @throws Failure with the brokers' error as its cause, or where none came
     */
    static <T> T get(KafkaFuture<T> answer, String what) throws InterruptedException {
        try {
            return answer.get(Cluster.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new Failure("cannot " + what + ": " + Causes.innermost(e), cause(e));
        } catch (TimeoutException e) {
            throw new Failure(
                    "cannot " + what + ": Kafka stopped responding (waited " + Cluster.PATIENCE.toSeconds() + " s)", e);
        }
    }

    /** The exception thrown on the client's thread. */
    static Throwable cause(ExecutionException e) {
        Throwable cause = e.getCause();
        return cause == null ? e : cause;
    }
}
