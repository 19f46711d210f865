package io.undertone.source;

import io.undertone.Role;
import io.undertone.audio.Recording;
import io.undertone.ingest.CallAttributes;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A recording as a call.
 *
 * @param callId its id
 * @param audio of the call
 * @param voices whose voice channels hold, in their order; of a channel that is left out there is none
 * @param attributes what is known of it besides
 */
public record PlayedCall(String callId, CallAudio audio, List<Voice> voices, CallAttributes attributes) {
    private static final int MAX_ID_LENGTH = 256;

    public PlayedCall {
        requireSayable(callId);
        voices = List.copyOf(voices);
        List<Role> roles = voices.stream().map(Voice::role).toList();
        if (roles.isEmpty() || roles.stream().distinct().count() != roles.size()) {
            throw new IllegalArgumentException(
                    "each role must be named once, since a role's audio is one leg: roles=" + roles);
        }
        int channels = audio.channels();
        if (voices.stream().anyMatch(voice -> voice.channel() < 0 || voice.channel() >= channels)) {
            throw new IllegalArgumentException(
                    "voices must be those of channels: channels=" + channels + ", voices=" + voices);
        }
    }

    /** A call without further information. */
    public PlayedCall(String callId, CallAudio audio, List<Voice> voices) {
        this(callId, audio, voices, CallAttributes.NONE);
    }

    /**
     * A recording in memory.
     *
     * @param roles whose voice each channel holds
     */
    public PlayedCall(String callId, Recording recording, List<Role> roles) {
        this(callId, CallAudio.of(recording), voices(recording.channels(), roles));
    }

    private static List<Voice> voices(int channels, List<Role> roles) {
        if (roles.size() != channels) {
            throw new IllegalArgumentException(
                    "there must be a role for each channel: channels=" + channels + ", roles=" + roles.size());
        }
        return IntStream.range(0, channels)
                .mapToObj(channel -> new Voice(channel, roles.get(channel)))
                .toList();
    }

    /**
     * Checks that consumers can handle an id.
     *
     * @throws IllegalArgumentException where it is empty or too long, or holds what no text does: control characters, halves of
     *     characters, or what stands for those that a command line in another encoding lost
     */
    public static void requireSayable(String callId) {
        if (callId.isEmpty() || callId.length() > MAX_ID_LENGTH) {
            throw new IllegalArgumentException("call id must have 1 to 256 characters: length=" + callId.length());
        }
        int at = 0;
        while (at < callId.length()) {
            int character = callId.codePointAt(at);
            if (Character.isISOControl(character)
                    || character == 0xfffd
                    || Character.getType(character) == Character.SURROGATE) {
                throw new IllegalArgumentException(String.format(
                        "call id must be text: character %d is U+%04X; where the command line's encoding lost it, set"
                                + " LC_ALL=C.UTF-8",
                        at + 1, character));
            }
            at += Character.charCount(character);
        }
    }

    /** Roles of its voices, in the channels' order. */
    public List<Role> roles() {
        return voices.stream().map(Voice::role).toList();
    }

    /** The same call under another id. */
    public PlayedCall named(String otherId) {
        return new PlayedCall(otherId, audio, voices, attributes);
    }

    /** The same call with this further information. */
    public PlayedCall with(CallAttributes known) {
        return new PlayedCall(callId, audio, voices, known);
    }
}
