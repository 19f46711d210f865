package io.undertone.web;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * How smoothly the page draws while made-up calls go on, in a headless Chromium that shares the machine with the server: times between frames of the list of calls, of the
 * list as it scrolls, and of an open call. {@code java -cp target/test-classes:target/classes:CLASSPATH io.undertone.web.Smoothness LEGS SECONDS}, where {@code mvn
 * dependency:build-classpath} says what CLASSPATH is.
 */
final class Smoothness {
    private static final double LATE_MS = 50;
    private static final String FRAMES = """
            const [seconds, scrolls, done] = arguments;
            const list = document.getElementById('calls');
            const times = [];
            let before = performance.now();
            const end = before + 1000 * seconds;
            function frame(now) {
              times.push(now - before);
              before = now;
              if (scrolls) list.scrollTop += 20;
              if (now < end) requestAnimationFrame(frame);
              else done(times.slice(1));
            }
            requestAnimationFrame(frame);
            """;

    private Smoothness() {}

    public static void main(String[] arguments) {
        int legs = Integer.parseInt(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        ScheduledExecutorService clock =
                Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "callers"));
        try (OpenPage page = OpenPage.open(Map.of());
                Browser browser = Browser.open(1_280, 700)
                        .orElseThrow(
                                () -> new IllegalStateException("there must be a Chromium with its chromedriver"))) {
            CallCenter center = new CallCenter(page.calls, legs, System.currentTimeMillis(), 7);
            clock.scheduleWithFixedDelay(
                    () -> center.speakUntil(System.currentTimeMillis()), 0, 100, TimeUnit.MILLISECONDS);
            browser.go(page.at("/"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> browser.text("#live-count").equals(String.valueOf(legs)));
            say(legs + " legs, the list", browser.asyncJs(FRAMES, seconds, false));
            say(legs + " legs, the list as it scrolls", browser.asyncJs(FRAMES, seconds, true));
            browser.go(page.at("/#/call/call-1000"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !browser.all(".tables").isEmpty());
            say(legs + " legs, a call open", browser.asyncJs(FRAMES, seconds, false));
        } finally {
            clock.shutdownNow();
        }
    }

    private static void say(String what, Object frames) {
        double[] ms = ((List<?>) frames)
                .stream()
                        .mapToDouble(frame -> ((Number) frame).doubleValue())
                        .sorted()
                        .toArray();
        System.out.printf(
                Locale.ROOT,
                "%s: %d frames, p50 %.1f, p99 %.1f, max %.1f ms; over %.0f ms %.2f %%%n",
                what,
                ms.length,
                ms[ms.length / 2],
                ms[(int) (0.99 * (ms.length - 1))],
                ms[ms.length - 1],
                LATE_MS,
                100.0 * Arrays.stream(ms).filter(time -> time > LATE_MS).count() / ms.length);
    }
}
