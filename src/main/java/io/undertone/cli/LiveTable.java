package io.undertone.cli;

import io.undertone.CallConversation;
import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.kafka.EventListener;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Live legs as rows of a terminal, changed in place, the most recently updated at the bottom:
 *
 * <pre>
 *   call-1 customer       1:06  positive  happy       75 %  4 of 6  ■■■■■■■■■■
 * </pre>
 *
 * The squares are the leg's newest windows in the colours of their labels. Summaries, conversations and alerts stay above the table. Not thread-safe.
 */
final class LiveTable implements EventListener {
    private static final int MAX_ROWS = 20;
    private static final int BAND = 20;
    private static final int NAME = 26;
    private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";

    private final PrintWriter out;
    private final TimelinePrinter summaries;
    /** By call and role, the most recently updated last. */
    private final Map<String, Row> rows = new LinkedHashMap<>();

    private int drawn;
    private boolean changed;

    LiveTable(PrintWriter out) {
        this.out = out;
        this.summaries = new TimelinePrinter(out, true);
    }

    /** One leg. */
    private static final class Row {
        private final Deque<String> band = new ArrayDeque<>();
        private String text = "";
    }

    @Override
    public void event(EmotionEvent event) {
        String key = key(event.getCallId(), event.getRole().name());
        Row known = rows.remove(key);
        Row row = known == null ? new Row() : known;
        rows.put(key, row);
        row.band.addLast(paint(event.getLabel(), "■"));
        if (row.band.size() > BAND) {
            row.band.removeFirst();
        }
        row.text = String.format(
                Locale.ROOT,
                "  %s  %5s  %-8s  %s  %3.0f %%  %d of %d",
                name(key),
                TimelinePrinter.time(event.getEndMs()),
                TimelinePrinter.sentiment(event),
                paint(event.getLabel(), String.format(Locale.ROOT, "%-9s", event.getLabel())),
                100 * event.getConfidence(),
                Math.round(event.getAgreement() * event.getVotes().size()),
                event.getVotes().size());
        changed = true;
    }

    @Override
    public void summary(CallSummary summary) {
        erase();
        rows.remove(key(summary.getCallId(), summary.getRole().name()));
        summaries.summary(summary);
        out.println();
        changed = true;
    }

    @Override
    public void conversation(CallConversation conversation) {
        erase();
        summaries.conversation(conversation);
        out.println();
        changed = true;
    }

    @Override
    public void alert(EmotionAlert alert) {
        erase();
        summaries.alert(alert);
        out.println();
        changed = true;
    }

    @Override
    public void settle() {
        if (!changed) {
            return;
        }
        changed = false;
        erase();
        int hidden = Math.max(0, rows.size() - MAX_ROWS);
        if (hidden > 0) {
            line("  ... and " + hidden + " without recent audio");
        }
        List.copyOf(rows.values())
                .subList(hidden, rows.size())
                .forEach(row -> line(row.text + "  " + String.join("", row.band)));
        out.flush();
    }

    private void line(String text) {
        out.println(text);
        drawn++;
    }

    private void erase() {
        out.print(UP_AND_CLEAR.repeat(drawn));
        drawn = 0;
    }

    private static String key(String callId, String role) {
        return callId + " " + role.toLowerCase(Locale.ROOT);
    }

    /** Pads to a fixed width and removes control characters. */
    private static String name(String key) {
        String printable = key.replaceAll("\\p{Cntrl}", "?");
        return printable.length() > NAME
                ? printable.substring(0, NAME - 3) + "..."
                : String.format(Locale.ROOT, "%-" + NAME + "s", printable);
    }

    private static String paint(String label, String text) {
        String code = TimelinePrinter.COLOURS.getOrDefault(label, "37");
        return "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
