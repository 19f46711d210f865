package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--legs 0|--legs must be 1 to 100000: 0",
                "--legs 10,0|--legs must be 1 to 100000: 0",
                "--seconds 0|--seconds must be 1 to 86400: 0",
                "--warm-up 3|--warm-up must be 4 to 86400: 3",
                "--chunk-ms 5|--chunk-ms must be 10 to 10000: 5",
                "--p99-ms 0|--p99-ms must be over 0: 0.0",
                "--search --legs 10,20|--search takes one number of legs to begin with: --legs [10, 20]",
                "--no-serve|--no-serve needs --bootstrap-server: the broker that serve reads from",
                "--through genesys|--through must be twilio: genesys",
                "--through twilio --encoding s16|--through works only with mulaw and with the 'serve' that bench starts: leave out --no-serve and --encoding",
                "--webhooks --no-serve --bootstrap-server localhost:1|--webhooks works only with the 'serve' that bench starts: leave out --no-serve",
                "--report pom.xml|--report must be a folder: pom.xml",
            })
    void shouldSayWhatIsWrongWithTheUsage(String options, String message) {
        CommandRunner.Result result = new CommandRunner().run(("bench " + options).split(" "));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errLines().get(0)).isEqualTo("undertone: " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = "bench no-such-file.wav|there is no file no-such-file.wav")
    void shouldStartNothingWhereAFileIsMissing(String command, String message) {
        CommandRunner.Result result = new CommandRunner().run(command.split(" "));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errLines()).containsExactly("undertone: " + message);
    }
}
