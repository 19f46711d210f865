package io.undertone.web;

import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The page with made-up calls, to be looked at and measured by hand: {@code java -cp target/test-classes:target/classes:CLASSPATH
 * io.undertone.web.Look PORT LEGS}, where {@code mvn dependency:build-classpath} says what CLASSPATH is. Until Ctrl-C.
 */
final class Look {
    private Look() {}

    public static void main(String[] arguments) throws Exception {
        int legs = Integer.parseInt(arguments[1]);
        try (OpenPage page = OpenPage.open(Map.of("web.port", arguments[0]))) {
            long now = System.currentTimeMillis();
            CallCenter center = new CallCenter(page.calls, legs, now, 7);
            for (int i = 0; i < 6; i++) {
                String id = "call-09" + (10 + i);
                long start = now - 240_000 + i * 20_000L;
                for (int w = 0; w < 60; w++) {
                    page.calls.add(Speech.event(id, start, w, Speech.LABELS.get((w / 7 + i) % 8)));
                }
                page.calls.add(Speech.summary(id, start, 64_000));
            }
            ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
            clock.scheduleWithFixedDelay(
                            () -> center.speakUntil(System.currentTimeMillis()), 0, 100, TimeUnit.MILLISECONDS)
                    .get();
        }
    }
}
