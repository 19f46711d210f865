package io.undertone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BenchSamplerTest {
    @Test
    void shouldSumWhatMatchesAndNothingElse() {
        String page = "# TYPE lag gauge\n"
                + "lag{partition=\"0\",stage=\"features\"} 3.0\n"
                + "lag{partition=\"1\",stage=\"features\"} NaN\n"
                + "lag_max{partition=\"0\"} 100.0\n"
                + "lag{partition=\"0\",stage=\"inference\"} 1.5E1\n"
                + "threads 7.0\n";
        assertThat(BenchSampler.sum(page, "lag\\{[^}]*}")).isEqualTo(18);
        assertThat(BenchSampler.sum(page, "lag\\{[^}]*stage=\"features\"[^}]*}"))
                .isEqualTo(3);
        assertThat(BenchSampler.sum(page, "threads(?:\\{[^}]*})?")).isEqualTo(7);
        assertThat(BenchSampler.sum(page, "none")).isZero();
    }
}
