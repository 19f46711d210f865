package io.undertone.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.Role;
import io.undertone.conversation.LegTrack;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/** A conversation as a store keeps it: 300 ms of the customer, 200 ms of the agent, whose last chunk came, and what is known of the call. */
@NullUnmarked
final class KeptConversation {
    private static final long FIRST_SLOT = KeptContent.STARTED_MS / 100;
    private static final byte[] CUSTOMER = {30, 40, 50};
    private static final byte[] AGENT = {60, 70};

    private KeptConversation() {}

    static void keep(ConversationStates states) {
        states.receive(KeptContent.CALL_ID, Role.CUSTOMER, FIRST_SLOT, CUSTOMER);
        states.receive(KeptContent.CALL_ID, Role.AGENT, FIRST_SLOT + 1, AGENT);
        states.open(KeptContent.CALL_ID, EnumSet.of(Role.AGENT), KeptContent.KNOWN);
        states.open("2", EnumSet.noneOf(Role.class), KeptContent.KNOWN);
        states.close("2", KeptContent.STARTED_MS + 77_000);
    }

    static void assertFound(ConversationStates states) {
        List<ConversationStates.Found> found = states.all();
        assertThat(found).hasSize(2);
        assertThat(found.get(0).callId()).isEqualTo("2");
        assertThat(found.get(0).closedAtMs()).isEqualTo(KeptContent.STARTED_MS + 77_000);
        ConversationStates.Found call = found.get(1);
        assertThat(call.closedAtMs()).isEqualTo(ConversationStates.NOT_ENDED);
        assertThat(call.ended()).containsExactly(Role.AGENT);
        assertThat(call.endSlots()).isEqualTo(Map.of(Role.CUSTOMER, FIRST_SLOT + 3, Role.AGENT, FIRST_SLOT + 3));
        assertThat(call.firstSlot()).isEqualTo(FIRST_SLOT);
        assertThat(call.attributes()).isEqualTo(KeptContent.KNOWN);
        assertThat(states.tracks(KeptContent.CALL_ID))
                .usingRecursiveComparison()
                .isEqualTo(List.of(
                        new LegTrack(Role.CUSTOMER, FIRST_SLOT, CUSTOMER),
                        new LegTrack(Role.AGENT, FIRST_SLOT + 1, AGENT)));
    }
}
