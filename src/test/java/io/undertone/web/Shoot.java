package io.undertone.web;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Takes the pictures of the page that the README shows, light and dark: {@code java -cp target/test-classes:target/classes:CLASSPATH
 * io.undertone.web.Shoot 'http://127.0.0.1:8080/#/call/call' docs/images}, where {@code mvn dependency:build-classpath} says what
 * CLASSPATH is. The call is there once {@code ./undertone publish demo/call.wav --call-id call} has played it to a broker with {@code
 * ./undertone serve --set conversation.measures=true}; more, begun some seconds apart, are live beside it.
 */
final class Shoot {
    private Shoot() {}

    public static void main(String[] arguments) throws IOException {
        try (Browser browser = Browser.open(1_280, 700)
                .orElseThrow(() -> new IllegalStateException("there must be a Chromium with its chromedriver"))) {
            browser.resize(1_280, 700);
            for (String scheme : new String[] {"light", "dark"}) {
                browser.prefer("prefers-color-scheme", scheme);
                browser.go(URI.create("about:blank"));
                browser.go(URI.create(arguments[0]));
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> !browser.all(".tables").isEmpty()
                                && browser.text(".timeline").contains("agent"));
                // The strongest moment, rather than the end.
                browser.js("""
                        document.querySelector('.moments button').click();
                        document.getElementById('detail').scrollTop = 0;
                        document.activeElement.blur();
                        """);
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> browser.text(".verdict").contains("angry"));
                browser.shoot(Path.of(arguments[1], scheme.equals("light") ? "page.png" : "page-dark.png"));
            }
        }
    }
}
