package io.undertone.gateway;

import io.undertone.metrics.CauseLog;
import io.undertone.metrics.GatewayMetrics;

/** Counts what happens on one platform's connections, and logs refusals once per cause and minute. Thread-safe. */
final class SessionCounts implements SessionWatch {
    private final String platform;
    private final GatewayMetrics metrics;
    private final CauseLog causes;

    SessionCounts(String platform, GatewayMetrics metrics, CauseLog causes) {
        this.platform = platform;
        this.metrics = metrics;
        this.causes = causes;
    }

    @Override
    public void frame() {
        metrics.frame(platform);
    }

    @Override
    public void odd() {
        metrics.odd(platform);
    }

    @Override
    public void gap(long ms) {
        metrics.gap(platform, ms);
    }

    @Override
    public void refused(RefusedException refusal) {
        metrics.refused(platform, refusal.refusal().label());
        causes.warn(platform + " " + refusal.refusal(), "a connection is refused: " + refusal.reason());
    }

    @Override
    public void broken(RuntimeException failure) {
        causes.warn(
                platform + " DEFECT",
                "a message could not be understood: " + failure.getClass().getName());
    }
}
