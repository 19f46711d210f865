package io.undertone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The operators' page has one list of access rights, and the commands below it grant what it says. */
class AccessRightsTest {
    private static final Path PAGE = Path.of("docs/operators.md");
    private static final Pattern COMMAND = Pattern.compile(
            "(?m)^kafka-acls\\.sh --add --allow-principal User:(\\w+)((?: --operation \\w+)+) --(topic|group|transactional-id) (\\S+)( --resource-pattern-type prefixed)?$");

    /** Who the commands name, and the rows of the table that this is. */
    private static final Map<String, List<String>> ROWS_OF = Map.of(
            "undertone", List.of("undertone-features", "undertone-inference"),
            "webhooks", List.of("undertone-webhooks"),
            "publisher", List.of("undertone-publisher"),
            "watcher", List.of("undertone-web"));

    @Test
    void shouldGrantByItsCommandsWhatItsTableSays() throws IOException {
        String page = Files.readString(PAGE);
        for (Map.Entry<String, List<String>> user : ROWS_OF.entrySet()) {
            Set<String> table = new TreeSet<>();
            for (String row : user.getValue()) {
                table.addAll(AccessRights.of(row));
            }
            assertThat(commands(page, user.getKey()))
                    .as("rights of " + user.getKey())
                    .isNotEmpty()
                    .isEqualTo(table);
        }
    }

    private static Set<String> commands(String page, String user) {
        Set<String> rights = new TreeSet<>();
        Matcher command = COMMAND.matcher(page);
        while (command.find()) {
            if (command.group(1).equals(user)) {
                for (String operation : command.group(2).strip().split(" ?--operation ", -1)) {
                    if (!operation.isEmpty()) {
                        rights.add(operation + " " + command.group(3) + " " + command.group(4)
                                + (command.group(5) == null ? "" : "*"));
                    }
                }
            }
        }
        return rights;
    }
}
