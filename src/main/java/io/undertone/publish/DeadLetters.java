package io.undertone.publish;

import io.undertone.DeadLetterReason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** What a record on the topic {@code dead-letters} carries beside the source's bytes: see {@code schemas/DeadLetter.avsc}. */
public final class DeadLetters {
    public static final String REASON = "undertone.reason";
    public static final String DETAIL = "undertone.detail";
    public static final String STAGE = "undertone.stage";
    public static final String TOPIC = "undertone.topic";
    public static final String PARTITION = "undertone.partition";
    public static final String OFFSET = "undertone.offset";

    /** Set where the source was cut: its whole size in bytes. */
    public static final String CUT_FROM = "undertone.cut.from";

    /** Set by the stage webhooks: who did not take the record. */
    public static final String RECEIVER = "undertone.receiver";

    /** A larger value is cut to this: a broker takes records of 1 MiB by default, headers and all. */
    public static final int MAX_VALUE_BYTES = 900_000;

    /** A larger key is cut to this. */
    public static final int MAX_KEY_BYTES = 16_384;

    private static final int MAX_DETAIL_CHARS = 1_000;

    private DeadLetters() {}

    /**
     * The headers of a dead letter.
     *
     * @param detail rule, value and remedy; never audio
     * @param stage features, inference, alerts or webhooks
     * @param sourceValue decides whether {@link #CUT_FROM} is set
     */
    public static Headers headers(
            DeadLetterReason reason,
            String detail,
            String stage,
            String topic,
            int partition,
            long offset,
            byte @Nullable [] sourceValue) {
        Headers headers = new RecordHeaders();
        add(headers, REASON, reason.name());
        add(headers, DETAIL, detail.length() > MAX_DETAIL_CHARS ? detail.substring(0, MAX_DETAIL_CHARS) : detail);
        add(headers, STAGE, stage);
        add(headers, TOPIC, topic);
        add(headers, PARTITION, Integer.toString(partition));
        add(headers, OFFSET, Long.toString(offset));
        if (sourceValue != null && sourceValue.length > MAX_VALUE_BYTES) {
            add(headers, CUT_FROM, Integer.toString(sourceValue.length));
        }
        return headers;
    }

    /** The bytes, or their beginning where there are more than {@code limit}. */
    public static byte @Nullable [] atMost(int limit, byte @Nullable [] bytes) {
        return bytes == null || bytes.length <= limit ? bytes : Arrays.copyOf(bytes, limit);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
