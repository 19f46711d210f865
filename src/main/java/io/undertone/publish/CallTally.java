package io.undertone.publish;

import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.LegEnd;
import io.undertone.Model;
import io.undertone.Moment;
import io.undertone.ingest.LegId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a leg's summary is made of, as it grows event by event: how often each label came, and the strongest moments. Some
 * hundred bytes. Not thread-safe.
 */
public final class CallTally {
    /** Most moments that a summary names. */
    public static final int MAX_MOMENTS = 5;

    private static final byte VERSION = 1;
    private static final String NEUTRAL = "neutral";
    private static final Comparator<Moment> STRONGEST_FIRST =
            Comparator.comparingDouble(Moment::getConfidence).reversed().thenComparingInt(Moment::getIndex);

    private final Map<String, Integer> windowsByLabel = new TreeMap<>();
    private final List<Moment> strongest = new ArrayList<>();
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

    /** The summary, now that the leg has ended. */
    public CallSummary summary(LegId leg, LegEnd end, Model model, long producedAtMs) {
        int windows = windows();
        Map<String, Double> shares = new HashMap<>();
        windowsByLabel.forEach((label, count) -> shares.put(label, (double) count / windows));
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
                .build();
    }

    /** Everything, for {@link #fromBytes}. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(nextIndex);
            out.writeInt(failedWindows);
            out.writeInt(windowsByLabel.size());
            for (Map.Entry<String, Integer> entry : windowsByLabel.entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeInt(entry.getValue());
            }
            out.writeInt(strongest.size());
            for (Moment moment : strongest) {
                out.writeInt(moment.getIndex());
                out.writeLong(moment.getStartMs());
                out.writeLong(moment.getEndMs());
                out.writeUTF(moment.getLabel());
                out.writeDouble(moment.getConfidence());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("nothing in memory can fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The tally whose {@link #toBytes()} these are.
     *
     * @throws IllegalArgumentException where they are not
     */
    public static CallTally fromBytes(byte[] bytes) {
        CallTally tally = new CallTally();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte version = in.readByte();
            if (version != VERSION) {
                throw new IllegalArgumentException("version of a stored tally must be " + VERSION + ": " + version);
            }
            tally.nextIndex = in.readInt();
            tally.failedWindows = in.readInt();
            for (int i = in.readInt(); i > 0; i--) {
                tally.windowsByLabel.put(in.readUTF(), in.readInt());
            }
            for (int i = in.readInt(); i > 0; i--) {
                tally.strongest.add(
                        new Moment(in.readInt(), in.readLong(), in.readLong(), in.readUTF(), in.readDouble()));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("stored tally must be whole: " + e, e);
        }
        return tally;
    }
}
