package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The first command of a new user, with a call of their own; .ci/run runs it as the README has it. */
class DemoIT {
    @Test
    void shouldPlayACallOfOnesOwn() {
        DefaultBundle.isNeeded();

        CommandRunner.Result result =
                new CommandRunner().run("demo", "--call", "demo/call.wav", "--speed", "max", "--set", "web.port=0");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.outLines()).anyMatch(line -> line.startsWith("Summary of call, customer"));
        assertThat(result.errLines())
                .anyMatch(line -> line.contains("the page, while the call plays: http://127.0.0.1:"));
        assertThat(result.errLines()).last().asString().startsWith("done: ");
    }
}
