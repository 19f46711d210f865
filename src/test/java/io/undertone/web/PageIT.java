package io.undertone.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.EmotionFeedback;
import io.undertone.Judgement;
import io.undertone.topology.TestModel;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.slf4j.LoggerFactory;

/** The page in a real browser; skipped where this machine has no Chromium and chromedriver (Debian: chromium, chromium-driver). */
class PageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static Browser browser;
    private static OpenPage page;
    private final long now = System.currentTimeMillis();

    @BeforeAll
    static void open() {
        browser = Browser.open(1_280, 800).orElse(null);
        Assumptions.assumeTrue(
                browser != null, "no Chromium with chromedriver here: apt-get install chromium chromium-driver");
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void openPage() {
        page = OpenPage.open();
        browser.resize(1_280, 800);
        browser.prefer("prefers-color-scheme", "light");
    }

    @AfterEach
    void closePage() {
        // Away from the page before it goes, so that its stream does not break.
        browser.go(URI.create("about:blank"));
        assertThat(browser.errors())
                .as("console of the page")
                .allMatch(error -> error.contains("401") || error.contains("404") || error.contains("/api/classify"));
        page.close();
    }

    @Test
    void shouldShowALegAndWhatChangesWithoutBeingAskedAgain() {
        say("call-1", 0, 5, "calm");
        browser.go(page.at("/"));
        awaitText(".row:not([hidden]) .word", "calm");
        assertThat(browser.text("#live-count")).isEqualTo("1");
        // The leg began a minute ago by the server's clock, which the page knows to some ms.
        assertThat(browser.text(".row:not([hidden]) .sub")).matches("customer · (0:59|1:[0-5]\\d)");
        long calm = countPixels("--calm");
        assertThat(calm).as("band in the colour of calm").isPositive();

        say("call-1", 5, 12, "angry");
        awaitText(".row:not([hidden]) .word", "angry");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(countPixels("--angry")).isPositive());
        page.calls.add(Speech.summary("call-1", now - 60_000, 20_000));
        awaitText("#live-count", "0");
        awaitContains(".row:not([hidden]) .sub", "ended");
        assertThat(browser.fetched())
                .allMatch(address -> address.startsWith(page.at("/").toString()));
    }

    /** Pixels of the first band that have exactly a colour of the style sheet. */
    private static long countPixels(String name) {
        return countPixels(".row:not([hidden]) .band", name);
    }

    private static long countPixels(String selector, String name) {
        Object count = browser.js("""
                const canvas = document.querySelector(arguments[1]);
                const probe = document.createElement('canvas').getContext('2d');
                probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(arguments[0]).trim();
                probe.fillRect(0, 0, 1, 1);
                const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
                const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                let count = 0;
                for (let i = 0; i < data.length; i += 4) if (data[i] === r && data[i + 1] === g && data[i + 2] === b) count++;
                return count;
                """, name, selector);
        return count instanceof Number number ? number.longValue() : 0;
    }

    @Test
    void shouldShowTheSixVotesOfTheWindowThatIsClickedAndTheSummary() {
        say("call-1", 0, 20, "sad");
        browser.go(page.at("/"));
        awaitText(".row:not([hidden]) .word", "sad");
        browser.one(".row:not([hidden])").click();
        awaitText("#detail-title", "call-1");
        awaitContains(".verdict", "0:19 to 0:22");
        assertThat(browser.address()).endsWith("#/call/call-1");
        assertThat(browser.all(".tables table:first-child tr")).hasSize(6);
        assertThat(browser.all(".tables table:last-child tr")).hasSize(8);
        page.calls.add(Speech.summary("call-1", now - 60_000, 22_000));
        awaitContains(".summary", "calm 50 %");
        // The band of a leg that has ended begins at 0, with 9 pixels a second: this is 5.5 s.
        browser.js("""
                const band = document.querySelector('.zoom'), box = band.getBoundingClientRect();
                band.dispatchEvent(new MouseEvent('click', {clientX: box.left + 5.5 * 9, clientY: box.top + 50, bubbles: true}));
                """);
        awaitContains(".verdict", "0:03 to 0:06");
        browser.one(".zoom").sendKeys(Keys.ARROW_RIGHT);
        awaitContains(".verdict", "0:04 to 0:07");
        assertThat(browser.one(".zoom").getDomAttribute("aria-valuetext")).contains("0:04 to 0:07: negative, sad");
        browser.js("document.querySelector('.moments button').click()");
        awaitContains(".verdict", "0:02 to 0:05");
    }

    @Test
    void shouldOpenTheCallThatALinkNames() {
        say("a/b ü", 0, 3, "happy");
        browser.go(page.at("/#/call/a%2Fb%20%C3%BC"));
        awaitText("#detail-title", "a/b ü");
        awaitContains(".verdict", "happy");
        browser.go(page.at("/#/call/gone"));
        awaitText("#detail-title", "gone");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(browser.text("#detail .quiet:not([hidden])")).contains("not live"));
    }

    @Test
    void shouldFilterByLabelTimeAndCall() {
        say("short", 0, 3, "angry");
        say("long", 0, 20, "angry");
        say("other", 0, 20, "calm");
        browser.go(page.at("/"));
        awaitRows("short", "long", "other");
        browser.js("[...document.querySelectorAll('.choice')].find(b => b.textContent === 'angry').click()");
        awaitRows("short", "long");
        browser.one("#seconds").clear();
        browser.one("#seconds").sendKeys("10");
        awaitRows("long");
        say("short", 3, 12, "angry");
        awaitRows("short", "long");
        awaitContains("#said", "Call short: angry for 0:");
        browser.one("#search").sendKeys("LON");
        awaitRows("long");
        browser.one("#search").sendKeys("x");
        awaitContains("#empty", "No call fits");
    }

    /** Queue, agent and tags in a row and in the open call; as text, whatever it looks like, and found by the search. */
    @Test
    void shouldShowWhoItIs() {
        page.calls.add(Speech.known(
                Speech.event("call-1", now - 60_000, 0, "calm"),
                Map.of("agent", "a-17", "queue", "<b>billing</b>", "aisle", "3")));
        say("call-2", 0, 3, "calm");
        browser.go(page.at("/"));
        awaitText("#live-count", "2");
        browser.one("#search").sendKeys("BILL");
        awaitRows("call-1");
        awaitText(".row:not([hidden]) .known", "<b>billing</b> · a-17 · 3");
        assertThat(browser.one(".row:not([hidden])").getDomAttribute("aria-label"))
                .contains("queue <b>billing</b>, agent a-17, aisle 3");
        browser.one(".row:not([hidden])").click();
        awaitText("#detail-title", "call-1");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(browser.all(".attributes div")).hasSize(3));
        assertThat(browser.text(".attributes")).containsIgnoringWhitespaces("queue <b>billing</b> agent a-17 aisle 3");
    }

    @Test
    void shouldPutTheCallsThatGoWorstFirstUnlessAskedForTheNewest() {
        for (int i = 0; i < 20; i++) {
            page.calls.add(Speech.event("newest", now - 30_000, i, "calm"));
        }
        say("angry-for-long", 0, 40, "angry");
        say("angry-for-a-moment", 0, 36, "neutral");
        say("angry-for-a-moment", 36, 40, "angry");
        browser.go(page.at("/"));
        awaitOrder("angry-for-long", "angry-for-a-moment", "newest");
        assertThat(browser.text("#moods")).contains("1 of 3 negative");
        assertThat(browser.text(".row[aria-posinset='1'] .course .sub")).contains("100 % negative", "steady");
        browser.js("""
                const order = document.getElementById('order');
                order.value = 'arrival';
                order.dispatchEvent(new Event('change'));
                """);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(order()).startsWith("newest"));
    }

    private static void awaitOrder(String... callIds) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(order()).containsExactly(callIds));
    }

    /** The calls from top to bottom. */
    private static List<String> order() {
        Object ids = browser.js("""
                return [...document.querySelectorAll('.row:not([hidden])')]
                    .sort((a, b) => a.ariaPosInSet - b.ariaPosInSet).map(row => row.querySelector('.id').textContent)
                """);
        return ((List<?>) ids).stream().map(String::valueOf).toList();
    }

    @Test
    void shouldDrawADoubtfulLabelAsDoubtful() {
        sayWith("call-1", 0.33);
        browser.go(page.at("/"));
        awaitText(".row:not([hidden]) .word", "angry");
        assertThat(browser.all(".row:not([hidden]) .word.doubtful")).hasSize(1);
        assertThat(browser.text(".row:not([hidden]) .now .sub")).startsWith("only 33 % sure");
        assertThat(browser.one(".row:not([hidden])").getDomAttribute("aria-label"))
                .contains("perhaps angry, 33 % sure");
        long doubtful = countPixels("--angry");
        browser.one(".row:not([hidden])").click();
        awaitContains(".verdict", "perhaps angry");

        page.close();
        page = OpenPage.open();
        sayWith("call-1", 0.97);
        browser.go(page.at("/?sure"));
        awaitText(".row:not([hidden]) .word", "angry");
        assertThat(browser.all(".row:not([hidden]) .word.doubtful")).isEmpty();
        assertThat(countPixels("--angry"))
                .as("pixels in the label's full colour")
                .isGreaterThan(5 * doubtful);
    }

    private void sayWith(String callId, double confidence) {
        for (int i = 0; i < 20; i++) {
            EmotionEvent event = Speech.event(callId, now - 60_000, i, "angry");
            page.calls.add(
                    EmotionEvent.newBuilder(event).setConfidence(confidence).build());
        }
    }

    @Test
    void shouldShowACallInFiguresAndOverTime() {
        say("call-1", 0, 20, "calm");
        say("call-1", 20, 50, "angry");
        browser.go(page.at("/#/call/call-1"));
        awaitContains(".tiles", "Sentiment nownegative");
        assertThat(browser.text(".tiles")).contains("Negative60 %", "Trendfalling");
        assertThat(browser.text(".timeline")).isEqualTo("customersentiment");
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(countPixels(".timeline canvas", "--calm")).isPositive();
            assertThat(countPixels(".timeline canvas", "--accent"))
                    .as("the mark of now")
                    .isPositive();
        });
        CallSummary summary = Speech.summary("call-1", now - 60_000, 60_000);
        page.calls.add(CallSummary.newBuilder(summary).setFailedWindows(3).build());
        awaitContains(".tiles", "Failed windows3");
        browser.one("body").sendKeys(Keys.ESCAPE);
        awaitContains(".row:not([hidden]) .sub", "3 failed");
    }

    @Test
    void shouldShowAlertsAndOpenTheirCall() {
        say("call-1", 0, 20, "angry");
        browser.go(page.at("/"));
        awaitText(".row:not([hidden]) .word", "angry");
        assertThat(browser.one("#alerts-box").isDisplayed()).isFalse();
        page.calls.add(Speech.alert("call-1", now - 60_000, 12));
        awaitContains("#alerts-count", "One alert");
        awaitContains("#alerts", "angry call-1");
        awaitContains("#said", "Alert angry: call call-1");
        awaitContains(".row:not([hidden]) .sub", "1 alert");
        browser.one("#alerts button").click();
        awaitText("#detail-title", "call-1");
        awaitContains(".tiles", "Alerts1angry at 0:15");
    }

    @Test
    void shouldDrawWhoTalksWhereThatIsMeasured() {
        say("call-1", 0, 20, "calm");
        page.calls.add(Speech.summary("call-1", now - 60_000, 30_000));
        page.calls.add(Speech.conversation("call-1", now - 60_000));
        browser.go(page.at("/#/call/call-1"));
        awaitText(".timeline", "customeragentbothsilencesentiment");
        awaitContains(".tiles", "Talk, agent40 %");
        assertThat(browser.text(".tiles")).contains("Silence0:10", "Both at once0:01agent cut in 1 time");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(countPixels(".track:nth-child(3) canvas", "--bad"))
                        .as("marks of talk at once")
                        .isPositive());
    }

    @Test
    void shouldTakeWhatAPersonSaysOfAWindowAndOfACall() {
        say("call-1", 0, 20, "sad");
        page.calls.add(Speech.summary("call-1", now - 60_000, 22_000));
        browser.go(page.at("/#/call/call-1"));
        awaitContains(".window .feedback", "Is “sad” right?");
        browser.js(
                "[...document.querySelectorAll('.window .feedback button')].find(b => b.textContent === 'Wrong').click()");
        awaitContains(".window .feedback", "noted");
        browser.js("""
                const other = document.querySelector('.window .feedback select');
                other.value = 'neutral';
                other.dispatchEvent(new Event('change'));
                """);
        browser.js("document.querySelector('.summary .feedback button').click()");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(page.feedback)
                        .extracting(
                                EmotionFeedback::getFeedbackId,
                                EmotionFeedback::getVerdict,
                                EmotionFeedback::getTrueLabel)
                        .containsExactlyInAnyOrder(
                                tuple("call-1/CUSTOMER/19", Judgement.WRONG, null),
                                tuple("call-1/CUSTOMER/19", Judgement.LABEL, "neutral"),
                                tuple("call-1/CUSTOMER", Judgement.RIGHT, null)));
    }

    @Test
    void shouldBeUsableWithTheKeyboardAlone() {
        say("call-1", 0, 3, "calm");
        say("call-2", 0, 3, "sad");
        browser.go(page.at("/"));
        awaitRows("call-1", "call-2");
        WebElement list = browser.one("#calls");
        list.sendKeys(Keys.HOME);
        list.sendKeys(Keys.ARROW_DOWN);
        String active = browser.one("#calls").getDomAttribute("aria-activedescendant");
        assertThat(active).isNotNull();
        assertThat(browser.one("#" + active).getDomAttribute("aria-posinset")).isEqualTo("2");
        assertThat(browser.one("#" + active).getDomAttribute("aria-label"))
                .matches("Call call-[12], customer, live .*");
        list.sendKeys(Keys.ENTER);
        awaitContains("#detail-title", "call-");
        browser.one("body").sendKeys(Keys.ESCAPE);
        await().atMost(PATIENCE).until(() -> browser.address().endsWith("#/"));
        browser.one("body").sendKeys("/");
        assertThat(browser.js("return document.activeElement.id")).isEqualTo("search");
    }

    @Test
    void shouldShowTheTimelineOfARecordingThatIsDropped() {
        page.close();
        page = OpenPage.open(Map.of(), new TestModel());
        browser.go(page.at("/"));
        await().atMost(PATIENCE).until(() -> browser.one("#pick").isDisplayed());
        browser.one("#file").sendKeys(Path.of("demo/call.wav").toAbsolutePath().toString());
        awaitText("#detail-title", "call");
        assertThat(browser.address()).endsWith("#/recording");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(browser.all(".tables table:first-child tr")).hasSize(6));
        assertThat(browser.text(".leg h3")).isEqualTo("customer");
        assertThat(browser.text(".summary")).contains("windows with a label");
        browser.js("""
                const held = new DataTransfer();
                held.items.add(new File(['no audio at all, whatever it is called'], 'x.wav'));
                document.dispatchEvent(new DragEvent('dragenter', {dataTransfer: held, bubbles: true}));
                """);
        await().atMost(PATIENCE).until(() -> browser.one("#drop").isDisplayed());
        browser.js("""
                const held = new DataTransfer();
                held.items.add(new File(['no audio at all, whatever it is called'], 'x.wav'));
                document.dispatchEvent(new DragEvent('drop', {dataTransfer: held, bubbles: true, cancelable: true}));
                """);
        awaitContains("#sending", "recording: ");
        assertThat(browser.one("#drop").isDisplayed()).isFalse();
        browser.one("body").sendKeys(Keys.ESCAPE);
        await().atMost(PATIENCE).until(() -> browser.address().endsWith("#/"));
        assertThat(browser.one("#detail").isDisplayed()).isFalse();
    }

    @Test
    void shouldKeepDataFromBecomingMarkup() {
        String id = "<img src=x onerror=alert(1)>";
        page.calls.add(Speech.event(id, now - 60_000, 0, "<b>bold</b>"));
        browser.go(page.at("/"));
        awaitText(".row:not([hidden]) .id", id);
        awaitText(".row:not([hidden]) .word", "<b>bold</b>");
        browser.one(".row:not([hidden])").click();
        awaitContains(".verdict", "<b>bold</b>");
        assertThat(browser.all("#panes img, #panes b")).isEmpty();
    }

    @Test
    void shouldFitNarrowScreensAndTheDark() {
        say("call-with-a-rather-long-id-0123456789", 0, 20, "calm");
        browser.resize(360, 740);
        browser.prefer("prefers-color-scheme", "dark");
        browser.go(page.at("/"));
        awaitText(".row:not([hidden]) .word", "calm");
        assertThat(browser.js("return document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        assertThat(browser.js("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(20, 23, 27)");
        browser.one(".row:not([hidden])").click();
        awaitContains(".verdict", "calm");
        assertThat(browser.js("return document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        assertThat(browser.one("#calls").isDisplayed()).isFalse();
    }

    @Test
    void shouldAskForTheTokenAndThenOpenTheLinkedCall() {
        page.close();
        page = OpenPage.open(Map.of("web.token", "a-token-of-some-length"));
        say("call-1", 0, 3, "calm");
        browser.go(page.at("/#/call/call-1"));
        browser.one("input[name=token]").sendKeys("wrong", Keys.ENTER);
        await().atMost(PATIENCE).until(() -> browser.all("#wrong:not([hidden])").size() == 1);
        browser.one("input[name=token]").sendKeys("a-token-of-some-length", Keys.ENTER);
        awaitText("#detail-title", "call-1");
        awaitContains(".verdict", "calm");
    }

    @Test
    void shouldMakeOnlyTheRowsThatCanBeSeen() {
        CallCenter center = new CallCenter(page.calls, 500, now, 1);
        browser.go(page.at("/"));
        awaitText("#live-count", "500");
        center.speakUntil(now + 1_000);
        assertThat(browser.all(".row").size()).isLessThan(30);
        browser.js("document.getElementById('calls').scrollTop = 1e6");
        await().atMost(PATIENCE)
                .until(() -> browser.js(
                                "return [...document.querySelectorAll('.row:not([hidden])')].some(r => r.ariaPosInSet === '500')")
                        .equals(true));
        assertThat(browser.all(".row").size()).isLessThan(30);
    }

    /** As where {@code serve} ends while somebody watches: once that was a stack trace in the log. */
    @Test
    void shouldEndUnderAnOpenPage() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        try {
            say("call-1", 0, 5, "calm");
            browser.go(page.at("/"));
            awaitText(".row:not([hidden]) .word", "calm");
            page.close();
            // The page asks again, and hears that nobody is there.
            await().atMost(PATIENCE)
                    .until(() -> browser.errors().stream().anyMatch(error -> error.contains("ERR_CONNECTION_REFUSED")));
        } finally {
            root.detachAppender(log);
        }
        browser.go(URI.create("about:blank"));
        browser.errors();
        assertThat(log.list)
                .filteredOn(line -> line.getThrowableProxy() != null)
                .isEmpty();
    }

    /** Windows of a leg that began a minute ago. */
    private void say(String callId, int from, int to, String label) {
        for (int i = from; i < to; i++) {
            page.calls.add(Speech.event(callId, now - 60_000, i, label));
        }
    }

    private static void awaitText(String selector, String text) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(browser.text(selector)).isEqualTo(text));
    }

    private static void awaitContains(String selector, String text) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(browser.text(selector)).contains(text));
    }

    private static void awaitRows(String... callIds) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            Object ids = browser.js(
                    "return [...document.querySelectorAll('.row:not([hidden]) .id')].map(each => each.textContent)");
            assertThat((List<?>) ids).map(String::valueOf).containsExactlyInAnyOrder(callIds);
        });
    }
}
