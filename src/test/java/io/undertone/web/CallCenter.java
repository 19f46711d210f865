package io.undertone.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Legs whose mood drifts, for looking at the page and for measuring it: one window a second each, with pauses. */
final class CallCenter {
    private final LiveCalls calls;
    private final Random random;
    private final List<Caller> callers = new ArrayList<>();

    /** Legs that began up to five minutes before a time; all that they have said is in {@code calls} already. */
    CallCenter(LiveCalls calls, int legs, long nowMs, long seed) {
        this.calls = calls;
        this.random = new Random(seed);
        for (int i = 0; i < legs; i++) {
            long spokenMs = 20_000 + random.nextInt(280_000);
            callers.add(new Caller(String.format(Locale.ROOT, "call-%04d", 1_000 + i * 7), nowMs - spokenMs));
        }
        speakUntil(nowMs);
    }

    /** Adds the windows that were spoken until a time. */
    void speakUntil(long nowMs) {
        callers.forEach(caller -> caller.speakUntil(nowMs));
    }

    private final class Caller {
        private final String callId;
        private final long startedAtMs;
        private final Map<String, String> known;
        private int next;
        private String mood = "neutral";
        private int pause;

        Caller(String callId, long startedAtMs) {
            this.callId = callId;
            this.startedAtMs = startedAtMs;
            this.known = Map.of("queue", startedAtMs % 2 == 0 ? "billing" : "sales", "agent", "a-" + startedAtMs % 90);
            this.mood = Speech.LABELS.get(random.nextInt(Speech.LABELS.size()));
        }

        void speakUntil(long nowMs) {
            for (; startedAtMs + 3_000 + 1_000L * next <= nowMs; next++) {
                if (pause > 0) {
                    pause--;
                } else {
                    calls.add(Speech.known(Speech.event(callId, startedAtMs, next, mood, random, 3_000), known));
                }
                if (random.nextInt(9) == 0) {
                    mood = random.nextInt(3) == 0 ? "neutral" : Speech.LABELS.get(random.nextInt(Speech.LABELS.size()));
                }
                if (pause == 0 && random.nextInt(18) == 0) {
                    pause = 2 + random.nextInt(9);
                }
            }
        }
    }
}
