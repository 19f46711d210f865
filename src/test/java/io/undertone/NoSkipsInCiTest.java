package io.undertone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class NoSkipsInCiTest {
    @Test
    void shouldFailInCiWhatIsSkippedForWantOfWhatIsInstalledThere() {
        TestAbortedException skipped = new TestAbortedException("skipped: no kcat on this machine");
        assertThat(new NoSkipsInCi(true).judge(skipped))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("CI=true", "no kcat on this machine");
        assertThat(new NoSkipsInCi(false).judge(skipped)).isSameAs(skipped);
    }

    @Test
    void shouldLeaveOtherSkipsAndFailuresAsTheyAre() {
        TestAbortedException corpora = new TestAbortedException("skipped: ../shared/data is absent");
        assertThat(new NoSkipsInCi(true).judge(corpora)).isSameAs(corpora);
        IllegalStateException failed = new IllegalStateException("the registry said no");
        assertThat(new NoSkipsInCi(true).judge(failed)).isSameAs(failed);
    }
}
