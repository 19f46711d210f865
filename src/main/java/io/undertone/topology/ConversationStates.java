package io.undertone.topology;

import io.undertone.Role;
import io.undertone.conversation.LegTrack;
import io.undertone.conversation.SlotLevels;
import io.undertone.ingest.CallAttributes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The levels of the calls of one task in a store, and which of their legs have ended. A leg's levels are stored in pieces of 5 s, 50 bytes
 * each, so that a chunk changes only one or two of them.
 *
 * <p>Keys are the call id in UTF-8, a zero byte, and H (the call) or the role's first letter and the number of the piece, counted from
 * 1970. The call's value is a version and a kind, followed by the roles that have ended, as bits, and the call's attributes, or, for a call that is over, by the time of its end. A piece's value is a version and the levels. Not thread-safe.
 */
final class ConversationStates {
    /** In place of the time of the end: the call is live. */
    static final long NOT_ENDED = -1;

    private static final byte VERSION = 1;
    private static final byte OPEN = 1;
    private static final byte CLOSED = 2;
    private static final byte HEAD = 'H';
    private static final int PIECE_SLOTS = 50;

    private final KeyValueStore<Bytes, byte[]> store;

    ConversationStates(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /**
     * The stored state of a call.
     *
     * @param closedAtMs when it ended, epoch ms, or {@link #NOT_ENDED}
     * @param endSlots by role with audio: the slot after its last
     * @param ended roles whose last chunk has arrived
     * @param attributes of the call
     */
    record Found(
            String callId,
            long closedAtMs,
            Map<Role, Long> endSlots,
            Set<Role> ended,
            long firstSlot,
            CallAttributes attributes) {}

    /** Every call in the store. */
    List<Found> all() {
        Map<String, Found> found = new TreeMap<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                add(found, entry.key.get(), entry.value);
            }
        }
        return List.copyOf(found.values());
    }

    private static void add(Map<String, Found> found, byte[] key, byte[] value) {
        int end = callEnd(key);
        String callId = new String(key, 0, end, StandardCharsets.UTF_8);
        Found before = found.getOrDefault(
                callId,
                new Found(
                        callId,
                        NOT_ENDED,
                        new EnumMap<>(Role.class),
                        EnumSet.noneOf(Role.class),
                        Long.MAX_VALUE,
                        CallAttributes.NONE));
        if (key[end + 1] == HEAD) {
            found.put(callId, withHead(before, ByteBuffer.wrap(value, 1, value.length - 1)));
        } else {
            long piece = ByteBuffer.wrap(key, end + 2, Long.BYTES).getLong();
            found.put(callId, withPiece(before, role(key[end + 1]), piece, value));
        }
    }

    private static Found withHead(Found before, ByteBuffer head) {
        boolean open = head.get() == OPEN;
        return new Found(
                before.callId(),
                open ? NOT_ENDED : head.getLong(),
                before.endSlots(),
                open ? roles(head.get()) : Set.of(),
                before.firstSlot(),
                open ? attributes(head) : CallAttributes.NONE);
    }

    private static Found withPiece(Found before, Role role, long piece, byte[] levels) {
        int first = 1;
        while (first < PIECE_SLOTS && levels[first] == SlotLevels.NO_AUDIO) {
            first++;
        }
        int last = PIECE_SLOTS;
        while (last > 1 && levels[last] == SlotLevels.NO_AUDIO) {
            last--;
        }
        before.endSlots().merge(role, piece * PIECE_SLOTS + last, Math::max);
        return new Found(
                before.callId(),
                before.closedAtMs(),
                before.endSlots(),
                before.ended(),
                Math.min(before.firstSlot(), piece * PIECE_SLOTS + first - 1),
                before.attributes());
    }

    private static CallAttributes attributes(ByteBuffer head) {
        byte[] bytes = new byte[head.remaining()];
        head.get(bytes);
        return bytes.length == 0 ? CallAttributes.NONE : CallAttributes.fromBytes(bytes);
    }

    private static int callEnd(byte[] key) {
        int end = 0;
        while (key[end] != 0) {
            end++;
        }
        return end;
    }

    private static Role role(byte initial) {
        return Arrays.stream(Role.values())
                .filter(role -> role.name().charAt(0) == initial)
                .findFirst()
                .orElseThrow(() -> new StaleStateException("a stored level must belong to a role: " + initial));
    }

    private static Set<Role> roles(byte bits) {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            if ((bits >> role.ordinal() & 1) != 0) {
                roles.add(role);
            }
        }
        return roles;
    }

    /** Stores which legs of a call have ended, and its attributes. */
    void open(String callId, Set<Role> ended, CallAttributes attributes) {
        byte bits = 0;
        for (Role role : ended) {
            bits |= (byte) (1 << role.ordinal());
        }
        byte[] known = attributes.isEmpty() ? new byte[0] : attributes.toBytes();
        store.put(
                key(callId, HEAD),
                ByteBuffer.allocate(3 + known.length)
                        .put(VERSION)
                        .put(OPEN)
                        .put(bits)
                        .put(known)
                        .array());
    }

    /** Stores levels of a leg; a slot that already has one keeps the louder. */
    void receive(String callId, Role role, long firstSlot, byte[] levels) {
        int done = 0;
        while (done < levels.length) {
            long piece = Math.floorDiv(firstSlot + done, PIECE_SLOTS);
            int at = Math.floorMod(firstSlot + done, PIECE_SLOTS);
            int count = Math.min(PIECE_SLOTS - at, levels.length - done);
            Bytes key = pieceKey(callId, role, piece);
            byte[] before = store.get(key);
            byte[] now = before == null ? new byte[1 + PIECE_SLOTS] : before.clone();
            now[0] = VERSION;
            for (int i = 0; i < count; i++) {
                now[1 + at + i] = SlotLevels.louder(now[1 + at + i], levels[done + i]);
            }
            if (!Arrays.equals(before, now)) {
                store.put(key, now);
            }
            done += count;
        }
    }

    /** The levels of a call's legs. */
    List<LegTrack> tracks(String callId) {
        List<LegTrack> tracks = new ArrayList<>();
        for (Role role : Role.values()) {
            LegTrack track = track(callId, role);
            if (track != null) {
                tracks.add(track);
            }
        }
        return tracks;
    }

    private @Nullable LegTrack track(String callId, Role role) {
        List<KeyValue<Bytes, byte[]>> pieces = pieces(callId, role);
        if (pieces.isEmpty()) {
            return null;
        }
        long first = piece(pieces.get(0).key);
        byte[] levels = new byte[(int) (piece(pieces.get(pieces.size() - 1).key) - first + 1) * PIECE_SLOTS];
        for (KeyValue<Bytes, byte[]> piece : pieces) {
            System.arraycopy(piece.value, 1, levels, (int) (piece(piece.key) - first) * PIECE_SLOTS, PIECE_SLOTS);
        }
        int from = 0;
        while (from < levels.length && levels[from] == SlotLevels.NO_AUDIO) {
            from++;
        }
        int to = levels.length;
        while (to > from && levels[to - 1] == SlotLevels.NO_AUDIO) {
            to--;
        }
        return from == to ? null : new LegTrack(role, first * PIECE_SLOTS + from, Arrays.copyOfRange(levels, from, to));
    }

    private List<KeyValue<Bytes, byte[]>> pieces(String callId, Role role) {
        List<KeyValue<Bytes, byte[]>> pieces = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> found =
                store.range(pieceKey(callId, role, 0), pieceKey(callId, role, Long.MAX_VALUE))) {
            found.forEachRemaining(pieces::add);
        }
        return pieces;
    }

    private static long piece(Bytes key) {
        byte[] bytes = key.get();
        return ByteBuffer.wrap(bytes, bytes.length - Long.BYTES, Long.BYTES).getLong();
    }

    /** Replaces a call's state with the time of its end. */
    void close(String callId, long nowMs) {
        for (Role role : Role.values()) {
            pieces(callId, role).forEach(piece -> store.delete(piece.key));
        }
        store.put(
                key(callId, HEAD),
                ByteBuffer.allocate(2 + Long.BYTES)
                        .put(VERSION)
                        .put(CLOSED)
                        .putLong(nowMs)
                        .array());
    }

    /** Removes a call that is over. */
    void remove(String callId) {
        store.delete(key(callId, HEAD));
    }

    private static Bytes pieceKey(String callId, Role role, long piece) {
        byte[] head = key(callId, (byte) role.name().charAt(0)).get();
        return Bytes.wrap(ByteBuffer.allocate(head.length + Long.BYTES)
                .put(head)
                .putLong(piece)
                .array());
    }

    private static Bytes key(String callId, byte kind) {
        byte[] call = callId.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(call.length + 2)
                .put(call)
                .put((byte) 0)
                .put(kind)
                .array());
    }
}
