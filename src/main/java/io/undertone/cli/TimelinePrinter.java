package io.undertone.cli;

import io.undertone.CallConversation;
import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.EmotionFeedback;
import io.undertone.LegTalk;
import io.undertone.Moment;
import io.undertone.Role;
import io.undertone.Sentiment;
import io.undertone.Stretch;
import io.undertone.kafka.EventListener;
import io.undertone.publish.EmotionEvents;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Prints human-readable rows:
 *
 * <pre>
 *   0:03 - 0:06   positive  happy      ██████████████······   71 %  5 of 6 agree
 * </pre>
 *
 * A heading precedes the first row and each change of call or role.
 */
final class TimelinePrinter implements EventListener {
    private static final int BAR = 20;
    private static final int STRONGEST = 3;
    static final Map<String, String> COLOURS = Map.of(
            "neutral", "37",
            "calm", "36",
            "happy", "93",
            "sad", "94",
            "angry", "91",
            "fearful", "95",
            "disgust", "32",
            "surprised", "96");

    private final PrintWriter out;
    private final boolean colour;
    private String leg = "";

    TimelinePrinter(PrintWriter out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    @Override
    public void event(EmotionEvent event) {
        heading(event);
        long votes = Math.round(event.getAgreement() * event.getVotes().size());
        out.println(String.format(
                Locale.ROOT,
                "  %5s - %-5s  %-8s  %s  %s  %3.0f %%  %d of %d agree",
                time(event.getStartMs()),
                time(event.getEndMs()),
                sentiment(event),
                paint(event.getLabel(), String.format(Locale.ROOT, "%-9s", event.getLabel())),
                paint(event.getLabel(), bar(event.getConfidence())),
                100 * event.getConfidence(),
                votes,
                event.getVotes().size()));
        out.flush();
    }

    @Override
    public void summary(CallSummary summary) {
        leg = "";
        out.println();
        out.println(String.format(
                Locale.ROOT,
                "Summary of %s, %s%s: %.1f s, %.1f s of it speech; %s",
                summary.getCallId(),
                role(summary.getRole()),
                known(summary.getAttributes()),
                summary.getDurationMs() / 1000.0,
                summary.getSpeechMs() / 1000.0,
                windows(summary)));
        sentimentOf(summary).ifPresent(text -> out.println("  " + text));
        printShares(summary.getShares());
        if (!summary.getStrongest().isEmpty()) {
            out.println("  strongest: " + strongest(summary.getStrongest()));
        }
        printFaults(summary);
        out.println("  model " + summary.getModel().getName() + " "
                + summary.getModel().getVersion());
        out.flush();
    }

    /** A bar for each emotion found, the most frequent first. */
    private void printShares(Map<String, Double> shares) {
        shares.entrySet().stream()
                .filter(share -> share.getValue() > 0)
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(share -> out.println(String.format(
                        Locale.ROOT,
                        "  %s  %s  %3.0f %%",
                        paint(share.getKey(), String.format(Locale.ROOT, "%-9s", share.getKey())),
                        paint(share.getKey(), bar(share.getValue())),
                        100 * share.getValue())));
    }

    private void printFaults(CallSummary summary) {
        if (summary.getGaps() > 0) {
            out.println(String.format(
                    Locale.ROOT, "  %d gaps, %.1f s in all", summary.getGaps(), summary.getGapMs() / 1000.0));
        }
        if (summary.getContradictingChunks() > 0) {
            out.println(String.format(
                    Locale.ROOT, "  %d chunks of another source refused", summary.getContradictingChunks()));
        }
    }

    /** {@code Alert of call-1, customer, at 0:35: angry (angry at >= 0.6 for 5 of 8 windows)}. */
    @Override
    public void alert(EmotionAlert alert) {
        leg = "";
        String text = String.format(
                Locale.ROOT,
                "Alert of %s, %s%s, at %s: %s (%s)",
                alert.getCallId(),
                role(alert.getRole()),
                known(alert.getAttributes()),
                time(alert.getEndMs()),
                alert.getRule(),
                alert.getCondition());
        out.println();
        out.println(colour ? "\u001b[1;91m" + text + "\u001b[0m" : text);
        out.flush();
    }

    /** {@code call-1, customer, 0:34 - 0:37: angry is wrong; it is neutral}. */
    @Override
    public void feedback(EmotionFeedback feedback) {
        Long startMs = feedback.getStartMs();
        Long endMs = feedback.getEndMs();
        String part = startMs == null || endMs == null ? "whole" : time(startMs) + " - " + time(endMs);
        String verdict = switch (feedback.getVerdict()) {
            case RIGHT -> "right";
            case LABEL -> "wrong; it is " + feedback.getTrueLabel();
            case WRONG, UNKNOWN -> "wrong";
        };
        out.println(feedback.getCallId() + ", " + role(feedback.getRole()) + ", " + part + ": " + feedback.getLabel()
                + " is " + verdict);
        out.flush();
    }

    @Override
    public void conversation(CallConversation conversation) {
        leg = "";
        out.println();
        out.println(String.format(
                Locale.ROOT,
                "Conversation of %s%s: %.1f s; %d silences, %.1f s in all; %d times both, %.1f s in all",
                conversation.getCallId(),
                known(conversation.getAttributes()),
                conversation.getDurationMs() / 1000.0,
                conversation.getSilences(),
                conversation.getSilenceMs() / 1000.0,
                conversation.getOverlaps(),
                conversation.getOverlapMs() / 1000.0));
        for (LegTalk talk : conversation.getLegs()) {
            out.println(String.format(
                    Locale.ROOT,
                    "  %-9s  %s  %3.0f %%  %.1f s, at most %.1f s in a row, cut in %d times",
                    role(talk.getRole()),
                    bar(talk.getShare()),
                    100 * talk.getShare(),
                    talk.getTalkMs() / 1000.0,
                    talk.getMonologueMs() / 1000.0,
                    talk.getInterruptions()));
        }
        out.flush();
    }

    /** Negative, neutral or positive. */
    static String sentiment(EmotionEvent event) {
        return word(EmotionEvents.affect(event).sentiment());
    }

    private static String word(Sentiment sentiment) {
        return sentiment.name().toLowerCase(Locale.ROOT);
    }

    /** {@code neutral, valence -0.21; by quarters neutral, negative, negative, neutral (trend -0.12); worst 0:31 - 0:51, valence -0.48}. */
    private static Optional<String> sentimentOf(CallSummary summary) {
        Sentiment sentiment = summary.getSentiment();
        Double valence = summary.getValence();
        if (sentiment == null || valence == null) {
            return Optional.empty();
        }
        String text = word(sentiment) + String.format(Locale.ROOT, ", valence %+.2f", valence);
        Double trend = summary.getTrend();
        if (trend != null) {
            text += "; by quarters "
                    + summary.getQuarters().stream()
                            .map(quarter -> word(quarter.getSentiment()))
                            .collect(Collectors.joining(", "))
                    + String.format(Locale.ROOT, " (trend %+.2f)", trend);
        }
        Stretch worst = summary.getWorst();
        if (worst != null) {
            text += String.format(
                    Locale.ROOT,
                    "; worst %s - %s, valence %+.2f",
                    time(worst.getStartMs()),
                    time(worst.getEndMs()),
                    worst.getValence());
        }
        return Optional.of(text);
    }

    private void heading(EmotionEvent event) {
        String next = event.getCallId() + "/" + event.getRole();
        if (!next.equals(leg)) {
            out.println();
            out.println(event.getCallId() + ", " + role(event.getRole()) + known(event.getAttributes()));
            leg = next;
        }
    }

    /** {@code  (agent=a-17, queue=billing)}: the call's attributes, if any. */
    private static String known(Map<String, String> attributes) {
        return attributes.isEmpty()
                ? ""
                : attributes.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String windows(CallSummary summary) {
        String text = summary.getWindows() + " windows labelled, " + summary.getSilentWindows() + " silent";
        if (summary.getNotSpeechWindows() > 0) {
            text += ", " + summary.getNotSpeechWindows() + " without a voice";
        }
        return summary.getFailedWindows() > 0 ? text + ", " + summary.getFailedWindows() + " failed" : text;
    }

    private String strongest(List<Moment> moments) {
        return moments.stream()
                .limit(STRONGEST)
                .map(moment -> String.format(
                        Locale.ROOT,
                        "%s at %s (%.0f %%)",
                        paint(moment.getLabel(), moment.getLabel()),
                        time(moment.getStartMs()),
                        100 * moment.getConfidence()))
                .collect(Collectors.joining(", "));
    }

    private static String role(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** Minutes and seconds: 83,000 ms is 1:23. */
    static String time(long ms) {
        long seconds = Math.round(ms / 1000.0);
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }

    private static String bar(double share) {
        int full = (int) Math.round(share * BAR);
        return "█".repeat(full) + "·".repeat(BAR - full);
    }

    private String paint(String label, String text) {
        String code = COLOURS.get(label);
        return colour && code != null ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
