package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Which commands a parser knows. */
class CommandsTest {
    private static UndertoneCommand root() {
        return new UndertoneCommand(Surroundings.ofProcess());
    }

    @Test
    void shouldKnowTheCommandThatIsAskedForAlone() {
        assertThat(Commands.parser(root(), "classify", "call.wav").getSubcommands())
                .containsOnlyKeys("classify");
        assertThat(Commands.parser(root(), "classify")
                        .getSubcommands()
                        .get("classify")
                        .getCommandSpec()
                        .findOption("--debug"))
                .as("options of all commands")
                .isNotNull();
    }

    @Test
    void shouldKnowAllWhereNoneIsAskedForOrHelpIs() {
        int all = Commands.parser(root()).getSubcommands().size();

        assertThat(all).isGreaterThan(10);
        assertThat(Commands.parser(root(), new String[0]).getSubcommands()).hasSize(all);
        assertThat(Commands.parser(root(), "help", "classify").getSubcommands()).hasSize(all);
        assertThat(Commands.parser(root(), "clasify").getSubcommands()).hasSize(all);
    }

    @Test
    void shouldCallEachCommandWhatItCallsItself() {
        Commands.parser(root())
                .getSubcommands()
                .forEach((name, command) -> assertThat(name(command)).isEqualTo(name));
    }

    private static String name(CommandLine command) {
        return command.getCommand().getClass().getAnnotation(Command.class).name();
    }
}
