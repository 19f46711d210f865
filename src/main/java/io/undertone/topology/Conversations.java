package io.undertone.topology;

import io.undertone.CallConversation;
import io.undertone.EndReason;
import io.undertone.Role;
import io.undertone.codec.AvroCodec;
import io.undertone.conversation.ConversationMeasures;
import io.undertone.conversation.LegTrack;
import io.undertone.conversation.SlotLevels;
import io.undertone.ingest.LegChunk;
import io.undertone.publish.CallConversations;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Derives a call's {@link CallConversation} from the chunks of all its legs. Keeps only chunks' levels and the call's attributes. Not thread-safe.
 */
final class Conversations {
    /** Receives each conversation once its call is over. */
    interface Sink {
        void conversation(String callId, byte[] record);
    }

    private final ConversationStates states;
    private final ConversationWatch watch;
    private final AvroCodec<CallConversation> codec;
    private final Sink sink;
    private final SlotLevels levels = new SlotLevels();

    Conversations(
            KeyValueStore<Bytes, byte[]> store,
            LegPolicy policy,
            AvroCodec<CallConversation> codec,
            Sink sink,
            long nowMs) {
        this.states = new ConversationStates(store);
        this.watch = new ConversationWatch(policy, states.all(), nowMs);
        this.codec = codec;
        this.sink = sink;
    }

    /** Accepts a chunk of any role; chunks may arrive in any order. */
    void receive(LegChunk received, long nowMs) {
        String callId = received.leg().callId();
        Role role = received.leg().role();
        levels.receive(received.chunk());
        byte[] now = levels.levels();
        Set<Role> before = watch.endedOf(callId);
        ConversationWatch.Call call = watch.received(
                callId, role, levels.firstSlot(), now.length, received.chunk().last(), nowMs);
        if (call == null) {
            return;
        }
        states.receive(callId, role, levels.firstSlot(), now);
        Set<Role> ended = call.ended();
        if (call.attributed(received.attributes()) || !ended.equals(before)) {
            states.open(callId, ended, call.attributes());
        }
    }

    /** Publishes the calls that are over. To be called by wall-clock time, about every second. */
    void tick(long nowMs) {
        for (String callId : watch.over(nowMs)) {
            List<LegTrack> tracks = states.tracks(callId);
            ConversationWatch.Call call = watch.close(callId, nowMs);
            if (!tracks.isEmpty()) {
                ConversationMeasures measures = ConversationMeasures.of(tracks);
                EndReason reason = call.endedInOrder() ? EndReason.LAST_CHUNK : EndReason.IDLE;
                sink.conversation(
                        callId, codec.encode(CallConversations.of(callId, measures, call.attributes(), reason, nowMs)));
            }
            states.close(callId, nowMs);
        }
        watch.forgotten(nowMs).forEach(states::remove);
    }
}
