package io.undertone.alert;

import io.undertone.Sentiment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Judges the rules over one leg, window by window. A rule gives one alert per episode: an episode begins when the rule starts to hold and
 * ends once it has not held for as many windows in a row as it looks back on ({@code 5 of 8 windows}: eight; the mood: ten).
 *
 * <p>Not thread-safe.
 */
public final class LegAlerts {
    private static final byte VERSION = 2;
    /** Of windows whose sentiment is not known. */
    private static final byte VERSION_WITHOUT_SENTIMENT = 1;

    private final AlertRules rules;
    private final Deque<JudgedWindow> newest = new ArrayDeque<>();
    /** By rule: for how many windows it has not held since it last did; -1 outside of an episode. */
    private final int[] sinceHeld;

    private int windows;
    private double firstMoods;
    private double firstValences;

    /** Of a leg that begins. */
    public LegAlerts(AlertRules rules) {
        this.rules = rules;
        this.sinceHeld = new int[rules.list().size()];
        java.util.Arrays.fill(sinceHeld, -1);
    }

    /**
     * Evaluates the next window and returns the rules that fire.
     *
     * @return empty if none did, or if the window was here before
     */
    public List<Alert> take(JudgedWindow window) {
        JudgedWindow last = newest.peekLast();
        if (last != null && window.index() <= last.index()) {
            if (window.capturedAtMs() <= last.capturedAtMs()) {
                return List.of();
            }
            begin();
        }
        add(window);
        List<Alert> alerts = new ArrayList<>();
        for (int i = 0; i < sinceHeld.length; i++) {
            Optional<Alert> held = judge(rules.list().get(i));
            if (held.isPresent()) {
                if (sinceHeld[i] < 0) {
                    alerts.add(held.get());
                }
                sinceHeld[i] = 0;
            } else if (sinceHeld[i] >= 0
                    && ++sinceHeld[i] >= AlertRules.looksBack(rules.list().get(i))) {
                sinceHeld[i] = -1;
            }
        }
        return alerts;
    }

    /** Whether a window was here before, or is older than one that was. */
    public boolean hasSeen(JudgedWindow window) {
        JudgedWindow last = newest.peekLast();
        return last != null && window.index() <= last.index() && window.capturedAtMs() <= last.capturedAtMs();
    }

    /** Another leg under the same call id and role: nothing of the last one counts. */
    private void begin() {
        newest.clear();
        windows = 0;
        firstMoods = 0;
        firstValences = 0;
        java.util.Arrays.fill(sinceHeld, -1);
    }

    private void add(JudgedWindow window) {
        if (windows < AlertRule.Fell.WINDOWS) {
            firstMoods += window.mood();
            firstValences += window.valence();
        }
        windows++;
        newest.addLast(window);
        if (newest.size() > rules.windowsNeeded()) {
            newest.removeFirst();
        }
    }

    private Optional<Alert> judge(AlertRule rule) {
        List<JudgedWindow> considered = newest(AlertRules.looksBack(rule));
        if (rule instanceof AlertRule.Labels labels) {
            return counted(rule, considered, labels::fits, labels.count());
        }
        if (rule instanceof AlertRule.SentimentIs sentiment) {
            return counted(rule, considered, sentiment::fits, sentiment.count());
        }
        AlertRule.Fell fell = (AlertRule.Fell) rule;
        if (windows < 2 * AlertRule.Fell.WINDOWS) {
            return Optional.empty();
        }
        AlertRule.Measure measure = fell.measure();
        double now = considered.stream().mapToDouble(measure::of).average().orElseThrow();
        double first = measure == AlertRule.Measure.MOOD ? firstMoods : firstValences;
        double fall = first / AlertRule.Fell.WINDOWS - now;
        return fall >= fell.fall() ? Optional.of(new Alert(rule, fall, considered)) : Optional.empty();
    }

    private static Optional<Alert> counted(
            AlertRule rule, List<JudgedWindow> considered, Predicate<JudgedWindow> fits, int count) {
        List<JudgedWindow> fitting = considered.stream().filter(fits).toList();
        return fitting.size() >= count ? Optional.of(new Alert(rule, fitting.size(), fitting)) : Optional.empty();
    }

    private List<JudgedWindow> newest(int count) {
        List<JudgedWindow> all = new ArrayList<>(newest);
        return all.subList(Math.max(0, all.size() - count), all.size());
    }

    /** What a later window needs; some hundred bytes. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(rules.fingerprint());
            out.writeInt(windows);
            out.writeDouble(firstMoods);
            out.writeDouble(firstValences);
            for (int since : sinceHeld) {
                out.writeInt(since);
            }
            out.writeInt(newest.size());
            for (JudgedWindow window : newest) {
                write(out, window);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, JudgedWindow window) throws IOException {
        out.writeInt(window.index());
        out.writeLong(window.startMs());
        out.writeLong(window.endMs());
        out.writeLong(window.capturedAtMs());
        out.writeUTF(window.label());
        out.writeDouble(window.confidence());
        out.writeDouble(window.mood());
        out.writeByte(window.sentiment().ordinal());
        out.writeDouble(window.valence());
    }

    /**
     * Goes on where {@link #toBytes} was taken.
     *
     * @param bytes null, or written under other rules or by another release: the leg then starts without history
     */
    public static LegAlerts fromBytes(AlertRules rules, byte @Nullable [] bytes) {
        LegAlerts alerts = new LegAlerts(rules);
        if (bytes == null) {
            return alerts;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte version = in.readByte();
            if ((version != VERSION && version != VERSION_WITHOUT_SENTIMENT) || in.readInt() != rules.fingerprint()) {
                return alerts;
            }
            boolean knowsSentiment = version == VERSION;
            alerts.windows = in.readInt();
            alerts.firstMoods = in.readDouble();
            alerts.firstValences = knowsSentiment ? in.readDouble() : alerts.firstMoods;
            for (int i = 0; i < alerts.sinceHeld.length; i++) {
                alerts.sinceHeld[i] = in.readInt();
            }
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                alerts.newest.addLast(read(in, knowsSentiment));
            }
            return alerts;
        } catch (IOException e) {
            throw new IllegalStateException("alert state must be whole: bytes=" + bytes.length, e);
        }
    }

    private static JudgedWindow read(DataInputStream in, boolean knowsSentiment) throws IOException {
        int index = in.readInt();
        long startMs = in.readLong();
        long endMs = in.readLong();
        long capturedAtMs = in.readLong();
        String label = in.readUTF();
        double confidence = in.readDouble();
        double mood = in.readDouble();
        return new JudgedWindow(
                index,
                startMs,
                endMs,
                capturedAtMs,
                label,
                confidence,
                mood,
                knowsSentiment ? Sentiment.values()[in.readByte()] : Sentiment.UNKNOWN,
                knowsSentiment ? in.readDouble() : mood);
    }
}
