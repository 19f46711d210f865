package io.undertone.alert;

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
import org.jspecify.annotations.Nullable;

/**
 * Judges the rules over one leg, window by window. A rule gives one alert per episode: an episode begins when the rule comes to hold and
 * ends once it has not held for as many windows in a row as it looks back on ({@code 5 of 8 windows}: eight; the mood: ten).
 *
 * <p>Not thread-safe.
 */
public final class LegAlerts {
    private static final byte VERSION = 1;

    private final AlertRules rules;
    private final Deque<JudgedWindow> newest = new ArrayDeque<>();
    /** By rule: for how many windows it has not held since it last did; -1 outside of an episode. */
    private final int[] sinceHeld;

    private int windows;
    private double firstMoods;

    /** Of a leg that begins. */
    public LegAlerts(AlertRules rules) {
        this.rules = rules;
        this.sinceHeld = new int[rules.list().size()];
        java.util.Arrays.fill(sinceHeld, -1);
    }

    /**
     * Takes the next window and says which rules came to hold by it.
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
                    && ++sinceHeld[i] >= looksBack(rules.list().get(i))) {
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
        java.util.Arrays.fill(sinceHeld, -1);
    }

    private void add(JudgedWindow window) {
        if (windows < AlertRule.MoodFell.WINDOWS) {
            firstMoods += window.mood();
        }
        windows++;
        newest.addLast(window);
        if (newest.size() > rules.windowsNeeded()) {
            newest.removeFirst();
        }
    }

    private static int looksBack(AlertRule rule) {
        return rule instanceof AlertRule.Labels labels ? labels.of() : AlertRule.MoodFell.WINDOWS;
    }

    private Optional<Alert> judge(AlertRule rule) {
        List<JudgedWindow> considered = newest(looksBack(rule));
        if (rule instanceof AlertRule.Labels labels) {
            List<JudgedWindow> fitting =
                    considered.stream().filter(labels::fits).toList();
            return fitting.size() >= labels.count()
                    ? Optional.of(new Alert(rule, fitting.size(), fitting))
                    : Optional.empty();
        }
        AlertRule.MoodFell mood = (AlertRule.MoodFell) rule;
        if (windows < 2 * AlertRule.MoodFell.WINDOWS) {
            return Optional.empty();
        }
        double now =
                considered.stream().mapToDouble(JudgedWindow::mood).average().orElseThrow();
        double fall = firstMoods / AlertRule.MoodFell.WINDOWS - now;
        return fall >= mood.fall() ? Optional.of(new Alert(rule, fall, considered)) : Optional.empty();
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
    }

    /**
     * Goes on where {@link #toBytes} was taken.
     *
     * @param bytes null, or written under other rules or by another release: the leg then begins anew
     */
    public static LegAlerts fromBytes(AlertRules rules, byte @Nullable [] bytes) {
        LegAlerts alerts = new LegAlerts(rules);
        if (bytes == null) {
            return alerts;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != VERSION || in.readInt() != rules.fingerprint()) {
                return alerts;
            }
            alerts.windows = in.readInt();
            alerts.firstMoods = in.readDouble();
            for (int i = 0; i < alerts.sinceHeld.length; i++) {
                alerts.sinceHeld[i] = in.readInt();
            }
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                alerts.newest.addLast(new JudgedWindow(
                        in.readInt(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readUTF(),
                        in.readDouble(),
                        in.readDouble()));
            }
            return alerts;
        } catch (IOException e) {
            throw new IllegalStateException("alert state must be whole: bytes=" + bytes.length, e);
        }
    }
}
