package io.undertone.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.EndReason;
import io.undertone.Role;
import io.undertone.conversation.ConversationMeasures;
import io.undertone.conversation.LegTrack;
import io.undertone.ingest.CallAttributes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example of docs/conversations.md is what the call that it tells of gives. */
class ConversationPageTest {
    private static final long STARTED_MS = 1_790_000_000_000L;
    private static final byte LOUD = (byte) (256 - 40);
    private static final byte QUIET = (byte) (256 - 120);

    private static LegTrack leg(Role role, int... seconds) {
        byte[] levels = new byte[140];
        Arrays.fill(levels, QUIET);
        for (int i = 0; i < seconds.length; i += 2) {
            Arrays.fill(levels, 10 * seconds[i], 10 * seconds[i + 1], LOUD);
        }
        return new LegTrack(role, STARTED_MS / 100, levels);
    }

    @Test
    void shouldShowWhatItsCallGives() throws Exception {
        Matcher block =
                Pattern.compile("(?s)```json\n(.*?)```").matcher(Files.readString(Path.of("docs/conversations.md")));
        assertThat(block.find()).isTrue();
        ConversationMeasures measures =
                ConversationMeasures.of(List.of(leg(Role.AGENT, 3, 8), leg(Role.CUSTOMER, 0, 4, 9, 10)));

        JsonNode record = new ObjectMapper()
                .readTree(RecordJson.line(CallConversations.of(
                        "call-1",
                        measures,
                        new CallAttributes(Map.of("queue", "billing")),
                        EndReason.LAST_CHUNK,
                        STARTED_MS + 20_000)));

        assertThat(new ObjectMapper().readTree(block.group(1))).isEqualTo(record);
    }
}
