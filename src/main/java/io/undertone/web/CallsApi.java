package io.undertone.web;

import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.Role;
import io.undertone.Sentiment;
import io.undertone.web.Exchange.BadRequestException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /api/…}: calls, their events and summaries as JSON. */
final class CallsApi {
    private static final int LIMIT_DEFAULT = 1_000;
    private static final int LIMIT_MAX = 10_000;

    private final LiveCalls calls;
    private final StreamHub hub;

    CallsApi(LiveCalls calls, StreamHub hub) {
        this.calls = calls;
        this.hub = hub;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/calls", this::list),
                Route.get("/api/calls/{callId}", this::call),
                Route.get("/api/calls/{callId}/events", this::events),
                Route.get("/api/calls/{callId}/summary", this::summary),
                Route.get("/api/calls/{callId}/alerts", this::alerts),
                Route.get("/api/stream", hub::open));
    }

    private void list(Exchange exchange) {
        String live = exchange.inQuery("live");
        if (live != null && !live.equals("true") && !live.equals("false")) {
            throw new BadRequestException("live must be true or false: live=" + live);
        }
        CallFilter filter = new CallFilter(
                Objects.requireNonNullElse(exchange.inQuery("search"), ""),
                exchange.inQuery("label"),
                number(exchange, "seconds", 0, 0, 86_400),
                sentiment(exchange.inQuery("sentiment")),
                live == null ? null : Boolean.valueOf(live));
        exchange.json(LiveJson.calls(calls.legs(filter)));
    }

    private void call(Exchange exchange) {
        known(exchange).ifPresent(legs -> exchange.json(LiveJson.call(exchange.inPath("callId"), legs)));
    }

    private void events(Exchange exchange) {
        Role role = role(exchange.inQuery("role"));
        double from = number(exchange, "from", 0, 0, Integer.MAX_VALUE);
        int limit = (int) number(exchange, "limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        known(exchange).ifPresent(legs -> {
            List<EmotionEvent> events = legs.stream()
                    .filter(leg -> role == null || leg.key().role() == role)
                    .flatMap(leg -> calls.windows(leg.key()).stream())
                    .filter(window -> window.index >= from)
                    .limit(limit)
                    .map(SeenWindow::event)
                    .toList();
            exchange.json(LiveJson.records("events", events));
        });
    }

    private void summary(Exchange exchange) {
        known(exchange).ifPresent(legs -> {
            List<CallSummary> summaries = legs.stream()
                    .map(LegView::summary)
                    .flatMap(summary -> Optional.ofNullable(summary).stream())
                    .toList();
            exchange.json(LiveJson.records("summaries", summaries));
        });
    }

    private void alerts(Exchange exchange) {
        known(exchange)
                .ifPresent(legs -> exchange.json(LiveJson.records(
                        "alerts",
                        legs.stream().flatMap(leg -> leg.alerts().stream()).toList())));
    }

    /** The legs of the requested call; if it is unknown, answers so and returns empty. */
    private Optional<List<LegView>> known(Exchange exchange) {
        List<LegView> legs = calls.call(exchange.inPath("callId"));
        if (legs.isEmpty()) {
            exchange.error(
                    404, "no such call is live or ended in the last minutes; the topic of events holds older ones");
            return Optional.empty();
        }
        return Optional.of(legs);
    }

    private static @Nullable Sentiment sentiment(@Nullable String name) {
        if (name == null) {
            return null;
        }
        try {
            return Sentiment.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("sentiment must be one of NEGATIVE, NEUTRAL, POSITIVE: sentiment=" + name);
        }
    }

    private static @Nullable Role role(@Nullable String name) {
        if (name == null) {
            return null;
        }
        try {
            return Role.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("role must be one of CUSTOMER, AGENT, UNKNOWN: role=" + name);
        }
    }

    private static double number(Exchange exchange, String name, double otherwise, double min, double max) {
        String given = exchange.inQuery(name);
        if (given == null) {
            return otherwise;
        }
        try {
            double value = Double.parseDouble(given);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new BadRequestException(String.format(
                Locale.ROOT, "%s must be a number from %.0f to %.0f: %s=%s", name, min, max, name, given));
    }
}
