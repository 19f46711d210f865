package io.undertone.cli;

import io.undertone.CallConversation;
import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.EmotionFeedback;
import io.undertone.kafka.EventListener;
import io.undertone.publish.RecordJson;
import java.io.PrintWriter;

/** One JSON object per line, field names as in the schemas. */
final class JsonLinesPrinter implements EventListener {
    private final PrintWriter out;

    JsonLinesPrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void event(EmotionEvent event) {
        print(RecordJson.line(event));
    }

    @Override
    public void summary(CallSummary summary) {
        print(RecordJson.line(summary));
    }

    @Override
    public void conversation(CallConversation conversation) {
        print(RecordJson.line(conversation));
    }

    @Override
    public void alert(EmotionAlert alert) {
        print(RecordJson.line(alert));
    }

    @Override
    public void feedback(EmotionFeedback feedback) {
        print(RecordJson.line(feedback));
    }

    private void print(String line) {
        // Not println, whose line end depends on the system.
        out.print(line + "\n");
        out.flush();
    }
}
