package io.undertone.cli;

import io.undertone.AudioChunk;
import io.undertone.CallConversation;
import io.undertone.EndReason;
import io.undertone.Role;
import io.undertone.audio.SampleFormat;
import io.undertone.conversation.ConversationMeasures;
import io.undertone.conversation.LegTrack;
import io.undertone.conversation.SlotLevels;
import io.undertone.ingest.CallAttributes;
import io.undertone.ingest.Chunk;
import io.undertone.publish.CallConversations;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** What an undisturbed run says of the talk in a call: the {@link CallConversation} of its chunks, each heard once and in order. */
final class SpokenTalk {
    private SpokenTalk() {}

    /** Made at 1970, since nobody knows when it will have been. */
    static CallConversation of(SpokenLeg leg, long startedAtMs) throws Exception {
        List<LegTrack> tracks = List.of(track(leg, Role.CUSTOMER, startedAtMs), track(leg, Role.AGENT, startedAtMs));
        return CallConversations.of(
                leg.callId(), ConversationMeasures.of(tracks), CallAttributes.NONE, EndReason.LAST_CHUNK, 0);
    }

    private static LegTrack track(SpokenLeg leg, Role role, long startedAtMs) throws Exception {
        SlotLevels heard = new SlotLevels();
        long first = startedAtMs / SlotLevels.SLOT_MS;
        byte[] levels = new byte[leg.samples().length * 10 / SpokenLeg.RATE_HZ + 2];
        int end = 0;
        for (int number : new TreeSet<>(leg.sent())) {
            AudioChunk record = leg.chunk(role, number * leg.samplesPerChunk(), startedAtMs);
            heard.receive(Chunk.of(
                    record.getPosition(),
                    record.getCapturedAt().toEpochMilli(),
                    SampleFormat.MULAW,
                    SpokenLeg.RATE_HZ,
                    record.getAudio().array(),
                    record.getLast(),
                    1 << 20));
            byte[] now = heard.levels();
            int at = (int) (heard.firstSlot() - first);
            for (int slot = 0; slot < now.length; slot++) {
                levels[at + slot] = SlotLevels.louder(levels[at + slot], now[slot]);
            }
            end = Math.max(end, at + now.length);
        }
        // A slot of which less than 20 ms came has no level, and begins no call.
        int begin = 0;
        while (levels[begin] == SlotLevels.NO_AUDIO) {
            begin++;
        }
        while (levels[end - 1] == SlotLevels.NO_AUDIO) {
            end--;
        }
        return new LegTrack(role, first + begin, Arrays.copyOfRange(levels, begin, end));
    }
}
