package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.EmotionEvent;
import io.undertone.codec.AvroCodec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LiveTableTest {
    private static final Pattern STEP = Pattern.compile("\u001b\\[1A|\u001b\\[2K|\u001b\\[[0-9]+m|\n|[^\u001b\n]+");

    static {
        // Has Avro trust the generated classes, which copying a record needs.
        new AvroCodec<>(EmotionEvent.class);
    }

    private final StringWriter out = new StringWriter();
    private final LiveTable table = new LiveTable(new PrintWriter(out));

    private static EmotionEvent event(String callId, String label) {
        return EmotionEvent.newBuilder(Records.event())
                .setCallId(callId)
                .setLabel(label)
                .build();
    }

    /** What a terminal would show now. */
    private List<String> screen() {
        List<String> lines = new ArrayList<>(List.of(""));
        int row = 0;
        Matcher step = STEP.matcher(out.toString());
        while (step.find()) {
            String text = step.group();
            if (text.equals("\u001b[1A")) {
                row--;
            } else if (text.equals("\u001b[2K")) {
                lines.set(row, "");
            } else if (text.equals("\n")) {
                row++;
                if (row == lines.size()) {
                    lines.add("");
                }
            } else if (!text.startsWith("\u001b")) {
                lines.set(row, lines.get(row) + text);
            }
        }
        return lines.stream().filter(line -> !line.isBlank()).toList();
    }

    @Test
    void shouldChangeTheRowOfALegInPlace() {
        table.event(event("call-1", "happy"));
        table.event(event("call-2", "calm"));
        table.settle();
        table.event(event("call-1", "angry"));
        table.settle();

        assertThat(screen())
                .containsExactly(
                        "  call-2 customer              1:06  positive  calm        75 %  4 of 6  ■",
                        "  call-1 customer              1:06  positive  angry       75 %  4 of 6  ■■");
        assertThat(out.toString()).contains("\u001b[93m■\u001b[0m\u001b[91m■\u001b[0m");
    }

    @Test
    void shouldKeepSummariesAboveTheTable() {
        table.event(event("call-1", "happy"));
        table.event(event("call-2", "calm"));
        table.settle();
        table.summary(Records.summary());
        table.settle();

        assertThat(screen().get(0)).startsWith("Summary of call-1, customer");
        assertThat(screen()).last().asString().startsWith("  call-2 customer");
        assertThat(screen()).noneMatch(line -> line.startsWith("  call-1 customer"));
    }

    @Test
    void shouldShowThoseHeardLast() {
        for (int call = 1; call <= 25; call++) {
            table.event(event("call-" + call, "calm"));
        }
        table.settle();

        assertThat(screen()).hasSize(21).first().isEqualTo("  ... and 5 without recent audio");
        assertThat(screen()).last().asString().startsWith("  call-25 ");
    }

    @Test
    void shouldNotLetACallSteerTheTerminal() {
        table.event(event("call\u001b[2J\n-1", "calm"));
        table.settle();

        assertThat(out.toString()).doesNotContain("\u001b[2J").contains("call?[2J?-1");
    }

    @Test
    void shouldDrawOnlyWhatChanged() {
        table.event(event("call-1", "happy"));
        table.settle();
        int before = out.toString().length();

        table.settle();

        assertThat(out.toString()).hasSize(before);
    }
}
