package io.undertone.publish;

import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.LegEnd;
import io.undertone.Model;
import io.undertone.Moment;
import io.undertone.Quarter;
import io.undertone.Sentiment;
import io.undertone.Stretch;
import io.undertone.affect.Affect;
import io.undertone.affect.LegAffect;
import io.undertone.ingest.CallAttributes;
import io.undertone.ingest.LegId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * The content of a leg's summary, updated event by event: how often each label occurred, the strongest moments, and
 * how its sentiment went. Some hundred bytes, one thousand for a long leg. Not thread-safe.
 */
public final class CallTally {
    /** Most moments that a summary names. */
    public static final int MAX_MOMENTS = 5;

    /** Not 2, 4 or 5: a standing with a belief before its tally begins so. Numbers are as long as Avro's. */
    private static final byte VERSION = 7;
    /** Its sentiment was counted in millionths, its times from the leg's start. */
    private static final byte VERSION_MILLIONTHS = 6;
    /** In whole ints, longs and doubles. */
    private static final byte VERSION_WIDE = 3;
    /** The same without sentiment: what a leg sounded like before that is not known. */
    private static final byte VERSION_WITHOUT_AFFECT = 1;

    private static final String NEUTRAL = "neutral";
    private static final List<Sentiment> SENTIMENTS =
            List.of(Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE);
    private static final Comparator<Moment> STRONGEST_FIRST =
            Comparator.comparingDouble(Moment::getConfidence).reversed().thenComparingInt(Moment::getIndex);

    private final Map<String, Integer> windowsByLabel = new TreeMap<>();
    private final List<Moment> strongest = new ArrayList<>();
    private LegAffect affect = new LegAffect();
    private int failedWindows;
    private int nextIndex;

    /** The index that the leg's next window has at least: a lower one has been here before. */
    public int nextIndex() {
        return nextIndex;
    }

    /** Windows that got a label. */
    public int windows() {
        return windowsByLabel.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Counts an event. */
    public void add(EmotionEvent event) {
        windowsByLabel.merge(event.getLabel(), 1, Integer::sum);
        nextIndex = Math.max(nextIndex, event.getIndex() + 1);
        affect.add(event.getStartMs(), event.getEndMs(), EmotionEvents.affect(event));
        if (!event.getLabel().equals(NEUTRAL)) {
            strongest.add(new Moment(
                    event.getIndex(), event.getStartMs(), event.getEndMs(), event.getLabel(), event.getConfidence()));
            strongest.sort(STRONGEST_FIRST);
            if (strongest.size() > MAX_MOMENTS) {
                strongest.remove(MAX_MOMENTS);
            }
        }
    }

    /** Counts a window that could not be labelled. */
    public void addFailed(int index) {
        failedWindows++;
        nextIndex = Math.max(nextIndex, index + 1);
    }

    /** Counts a record that was no window of this leg's model. */
    public void addRefused() {
        failedWindows++;
    }

    /** The summary of a leg without call attributes. */
    public CallSummary summary(LegId leg, LegEnd end, Model model, long producedAtMs) {
        return summary(leg, CallAttributes.NONE, end, model, producedAtMs);
    }

    /** The summary, now that the leg has ended. */
    public CallSummary summary(LegId leg, CallAttributes attributes, LegEnd end, Model model, long producedAtMs) {
        int windows = windows();
        Map<String, Double> shares = new HashMap<>();
        windowsByLabel.forEach((label, count) -> shares.put(label, (double) count / windows));
        List<Quarter> quarters =
                affect.quarters().stream().map(CallTally::quarter).toList();
        return CallSummary.newBuilder()
                .setCallId(leg.callId())
                .setRole(leg.role())
                .setStartedAt(end.getStartedAt())
                .setDurationMs(end.getDurationMs())
                .setSpeechMs(end.getSpeechMs())
                .setWindows(windows)
                .setSilentWindows(end.getSilentWindows())
                .setNotSpeechWindows(end.getNotSpeechWindows())
                .setFailedWindows(failedWindows)
                .setShares(shares)
                .setStrongest(List.copyOf(strongest))
                .setGaps(end.getGaps())
                .setGapMs(end.getGapMs())
                .setRestarts(end.getRestarts())
                .setContradictingChunks(end.getContradictingChunks())
                .setEndReason(end.getReason())
                .setModel(model)
                .setProducedAt(Instant.ofEpochMilli(producedAtMs))
                .setSentiment(affect.whole().map(Affect::sentiment).orElse(null))
                .setValence(affect.whole().map(Affect::valence).orElse(null))
                .setArousal(affect.whole().map(Affect::arousal).orElse(null))
                .setSentiments(sentiments())
                .setQuarters(quarters)
                .setTrend(trend(quarters))
                .setWorst(affect.worst().map(CallTally::stretch).orElse(null))
                .setAttributes(attributes.byName())
                .build();
    }

    private Map<String, Double> sentiments() {
        Map<String, Double> shares = new HashMap<>();
        int windows = affect.windows();
        for (Sentiment sentiment : SENTIMENTS) {
            int count = affect.windows(sentiment);
            if (count > 0) {
                shares.put(sentiment.name(), (double) count / windows);
            }
        }
        return shares;
    }

    private static Quarter quarter(LegAffect.Part part) {
        return new Quarter(
                part.startMs(),
                part.endMs(),
                part.affect().sentiment(),
                part.affect().valence(),
                part.affect().arousal());
    }

    private static @Nullable Double trend(List<Quarter> quarters) {
        return quarters.isEmpty()
                ? null
                : quarters.get(quarters.size() - 1).getValence()
                        - quarters.get(0).getValence();
    }

    private static Stretch stretch(LegAffect.Part part) {
        return new Stretch(
                part.startMs(),
                part.endMs(),
                part.windows(),
                part.affect().sentiment(),
                part.affect().valence());
    }

    /** Everything, for {@link #fromBytes}. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        bytes.write(VERSION);
        try {
            BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
            out.writeInt(nextIndex);
            out.writeInt(failedWindows);
            out.writeInt(windowsByLabel.size());
            for (Map.Entry<String, Integer> entry : windowsByLabel.entrySet()) {
                out.writeString(entry.getKey());
                out.writeInt(entry.getValue());
            }
            out.writeInt(strongest.size());
            for (Moment moment : strongest) {
                out.writeInt(moment.getIndex());
                out.writeLong(moment.getStartMs());
                out.writeLong(moment.getEndMs());
                out.writeString(moment.getLabel());
                out.writeDouble(moment.getConfidence());
            }
            out.flush();
            affect.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The tally whose {@link #toBytes()} these are.
     *
     * @throws IllegalArgumentException where they are not
     */
    public static CallTally fromBytes(byte[] bytes) {
        byte version = bytes.length == 0 ? 0 : bytes[0];
        try {
            return switch (version) {
                case VERSION, VERSION_MILLIONTHS ->
                    read(new ByteArrayInputStream(bytes, 1, bytes.length - 1), version == VERSION_MILLIONTHS);
                case VERSION_WIDE, VERSION_WITHOUT_AFFECT -> readWide(bytes, version == VERSION_WIDE);
                default ->
                    throw new IllegalArgumentException("version of a stored tally must be " + VERSION_WITHOUT_AFFECT
                            + ", " + VERSION_WIDE + ", " + VERSION_MILLIONTHS + " or " + VERSION + ": " + version);
            };
        } catch (IOException | AvroRuntimeException e) {
            throw new IllegalArgumentException("stored tally must be whole: " + e, e);
        }
    }

    private static CallTally read(InputStream bytes, boolean inMillionths) throws IOException {
        CallTally tally = new CallTally();
        // The direct one reads no further than it is asked to.
        Decoder in = DecoderFactory.get().directBinaryDecoder(bytes, null);
        tally.nextIndex = in.readInt();
        tally.failedWindows = in.readInt();
        for (int i = in.readInt(); i > 0; i--) {
            tally.windowsByLabel.put(in.readString(), in.readInt());
        }
        for (int i = in.readInt(); i > 0; i--) {
            tally.strongest.add(
                    new Moment(in.readInt(), in.readLong(), in.readLong(), in.readString(), in.readDouble()));
        }
        DataInputStream rest = new DataInputStream(bytes);
        tally.affect = inMillionths ? LegAffect.readMillionths(rest) : LegAffect.read(rest);
        return tally;
    }

    private static CallTally readWide(byte[] bytes, boolean withAffect) throws IOException {
        CallTally tally = new CallTally();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 1, bytes.length - 1));
        tally.nextIndex = in.readInt();
        tally.failedWindows = in.readInt();
        for (int i = in.readInt(); i > 0; i--) {
            tally.windowsByLabel.put(in.readUTF(), in.readInt());
        }
        for (int i = in.readInt(); i > 0; i--) {
            tally.strongest.add(new Moment(in.readInt(), in.readLong(), in.readLong(), in.readUTF(), in.readDouble()));
        }
        if (withAffect) {
            tally.affect = LegAffect.readWide(in);
        }
        return tally;
    }
}
