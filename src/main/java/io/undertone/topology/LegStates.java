package io.undertone.topology;

import io.undertone.codec.UnreadableRecordException;
import io.undertone.features.FeatureSpec;
import io.undertone.ingest.AudioChunkReader;
import io.undertone.ingest.CallAttributes;
import io.undertone.ingest.ChunkRefusedException;
import io.undertone.ingest.LegChunk;
import io.undertone.ingest.LegId;
import io.undertone.window.Leg;
import io.undertone.window.LegFrames;
import io.undertone.window.LegSettings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The legs of one task: live objects, and a store that always holds what recovery after a crash needs.
 *
 * <p>A leg's state changes with every chunk and is some KB, a chunk often much less. So the store holds a periodic snapshot and a journal
 * of the chunks since then; to restore the leg, read the snapshot and replay the journal. A snapshot is written when it is smaller than the
 * chunk, or the journal has grown as large as it. Frames, which make up most of a leg's state if windows hold a row for each, never change:
 * each is written once, separately from the snapshot ({@link FrameSlots}). The changelog is then smaller than the audio if chunks are some
 * 100 ms long, and at most about twice as large if they are shorter, whatever the commit interval.
 *
 * <p>A snapshot begins with version, kind, generation and the number of the leg's next window, a journal entry with generation,
 * time, kind and that number; these keep their places in every release, so that a leg whose state has become unreadable still uses no number twice.
 *
 * <p>Keys are the leg's prefix and a 0 (the snapshot), or a 1 and the number of a slot (the journal), or a 2 and the number of a slot
 * (frames). Journal entries carry their snapshot's generation: after a new snapshot the slots are overwritten rather than deleted. The attributes of the leg's call are stored once, under a 3, from the first chunk that has any. Snapshots of version 1 contained the frames. Not thread-safe.
 */
final class LegStates {
    /** In place of the time of the end: the leg is live. */
    static final long NOT_ENDED = -1;

    private static final byte VERSION = 3;
    /** Zeros were not packed. */
    private static final byte SECOND_VERSION = 2;
    /** The frames were part of the snapshot. */
    private static final byte FIRST_VERSION = 1;

    private static final byte LIVE = 1;
    private static final byte ENDED = 2;
    /** Combined with LIVE, CHUNK or FLUSH: the leg held chunks afterwards. */
    private static final byte HOLDING = 0x40;

    private static final byte SNAPSHOT_KEY = 0;
    private static final byte JOURNAL_KEY = 1;
    private static final byte FRAMES_KEY = 2;
    private static final byte ATTRIBUTES_KEY = 3;
    private static final byte CHUNK = 1;
    private static final byte FLUSH = 2;
    private static final int ENTRY_KIND_AT = Integer.BYTES + Long.BYTES;
    private static final int ENTRY_INDEX_AT = ENTRY_KIND_AT + 1;
    private static final int ENTRY_HEADER_BYTES = ENTRY_INDEX_AT + Integer.BYTES;
    private static final int SNAPSHOT_INDEX_AT = 2 + Integer.BYTES;
    private static final int SNAPSHOT_HEADER_BYTES = SNAPSHOT_INDEX_AT + Integer.BYTES;
    /** A smaller journal does not trigger a snapshot. */
    private static final int MIN_JOURNAL_BYTES = 4_096;
    /** A longer journal triggers a snapshot, to limit the time of replaying it. */
    private static final int MAX_JOURNAL_ENTRIES = 512;

    /** A live leg. */
    static final class Live {
        private final byte[] prefix;
        private final Leg leg;
        private final FrameSlots frames = new FrameSlots();
        private CallAttributes attributes = CallAttributes.NONE;
        private int generation;
        private int entries;
        private int slots;
        private long journalBytes;
        private long snapshotBytes;

        private Live(byte[] prefix, Leg leg) {
            this.prefix = prefix;
            this.leg = leg;
        }

        Leg leg() {
            return leg;
        }

        /** Attributes of its call. */
        CallAttributes attributes() {
            return attributes;
        }
    }

    private final KeyValueStore<Bytes, byte[]> store;
    private final FeatureSpec spec;
    private final LegSettings settings;
    private final AudioChunkReader reader;
    private final Map<LegId, Live> live = new HashMap<>();

    LegStates(KeyValueStore<Bytes, byte[]> store, FeatureSpec spec, LegPolicy policy) {
        this(store, spec, policy, new AudioChunkReader(policy.chunkMaxBytes()));
    }

    /**
     * @param reader of chunks, as received and as stored in the journal
     */
    LegStates(KeyValueStore<Bytes, byte[]> store, FeatureSpec spec, LegPolicy policy, AudioChunkReader reader) {
        this.store = store;
        this.spec = spec;
        this.settings = policy.settings();
        this.reader = reader;
    }

    /** Receives the legs in the store. */
    interface Visitor {
        /**
         * One leg.
         *
         * @param endedAtMs when it ended, epoch ms, or {@link #NOT_ENDED}
         * @param holds whether it holds chunks because audio before them is missing
         */
        void visit(LegId id, long endedAtMs, boolean holds);
    }

    private static final class Found {
        private long endedAtMs = NOT_ENDED;
        private int generation;
        private boolean holds;
    }

    /** Visits every leg in the store, without loading it. */
    void forEach(Visitor visitor) {
        Map<LegId, Found> found = new HashMap<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                LegId id = LegId.ofStoreKey(entry.key.get());
                // A leg's snapshot comes before its journal: 0 sorts before 1.
                Found leg = found.computeIfAbsent(id, key -> new Found());
                ByteBuffer value = ByteBuffer.wrap(entry.value);
                if (isSnapshotKey(entry.key.get())) {
                    byte kind = value.get(1);
                    leg.endedAtMs = kind == ENDED ? value.getLong(2) : NOT_ENDED;
                    leg.generation = kind == ENDED ? 0 : value.getInt(2);
                    leg.holds = (kind & HOLDING) != 0;
                } else if (isJournalKey(entry.key.get()) && value.getInt(0) == leg.generation) {
                    leg.holds = (value.get(ENTRY_KIND_AT) & HOLDING) != 0;
                }
            }
        }
        found.forEach((id, leg) -> visitor.visit(id, leg.endedAtMs, leg.holds));
    }

    private static boolean isSnapshotKey(byte[] key) {
        return kindOf(key) == SNAPSHOT_KEY;
    }

    private static boolean isJournalKey(byte[] key) {
        return kindOf(key) == JOURNAL_KEY;
    }

    /** The byte after the prefix, which is a call id, a zero byte and a letter. */
    private static byte kindOf(byte[] key) {
        int end = 0;
        while (key[end] != 0) {
            end++;
        }
        return key[end + 2];
    }

    /** Adds a leg that has received nothing yet.
     *
     * @param firstIndex number of its first window: 0, or more if lower numbers have been used
     */
    Live open(LegId id, LegChunk first, long nowMs, int firstIndex) {
        Live opened = new Live(id.storePrefix(), Leg.open(spec, settings, first.chunk(), nowMs));
        opened.leg.skipTo(firstIndex);
        live.put(id, opened);
        return opened;
    }

    /** The leg, loaded from the store if necessary.
     *
     * @return null if it is unknown or has ended
     * @throws StaleStateException if its state is from another release
     */
    @Nullable
    Live get(LegId id) {
        Live known = live.get(id);
        if (known == null) {
            known = load(id);
            if (known != null) {
                live.put(id, known);
            }
        }
        return known;
    }

    /** Whether the leg is loaded. */
    boolean isLoaded(LegId id) {
        return live.containsKey(id);
    }

    /** Discards the live object, so that the store's state applies again. */
    void forget(LegId id) {
        live.remove(id);
    }

    /** Stores the call's attributes from a chunk, unless already set. */
    void attributes(Live leg, CallAttributes received) {
        if (leg.attributes.isEmpty() && !received.isEmpty()) {
            leg.attributes = received;
            store.put(attributesKey(leg.prefix), received.toBytes());
        }
    }

    /** The attributes of a leg's call, even if its other state cannot be read. */
    CallAttributes attributes(LegId id) {
        return attributes(id.storePrefix());
    }

    private CallAttributes attributes(byte[] prefix) {
        byte[] stored = store.get(attributesKey(prefix));
        return stored == null ? CallAttributes.NONE : CallAttributes.fromBytes(stored);
    }

    /** Stores a chunk that the leg was given. */
    void received(Live leg, byte[] value, long nowMs) {
        note(leg, CHUNK, value, nowMs);
    }

    /** Stores that the leg was told to give up audio that was missing for too long. */
    void flushed(Live leg, long nowMs) {
        note(leg, FLUSH, new byte[0], nowMs);
    }

    private void note(Live leg, byte kind, byte[] value, long nowMs) {
        int entryBytes = ENTRY_HEADER_BYTES + value.length;
        long snapshotBytes = leg.snapshotBytes + leg.frames.newBytes(leg.leg.frames());
        if (snapshotBytes <= entryBytes
                || leg.journalBytes + entryBytes > Math.max(MIN_JOURNAL_BYTES, snapshotBytes)
                || leg.entries >= MAX_JOURNAL_ENTRIES) {
            snapshot(leg);
            return;
        }
        byte[] entry = ByteBuffer.allocate(entryBytes)
                .putInt(leg.generation)
                .putLong(nowMs)
                .put(withHolding(kind, leg))
                .putInt(leg.leg.nextIndex())
                .put(value)
                .array();
        store.put(slotKey(leg.prefix, JOURNAL_KEY, leg.entries), entry);
        leg.journalBytes += entryBytes;
        leg.entries++;
        leg.slots = Math.max(leg.slots, leg.entries);
    }

    private static byte withHolding(byte kind, Live leg) {
        return leg.leg.holding() ? (byte) (kind | HOLDING) : kind;
    }

    private void snapshot(Live leg) {
        LegFrames frames = leg.leg.frames();
        if (leg.frames.newBytes(frames) > 0) {
            int slot = leg.frames.freeSlot(frames);
            store.put(slotKey(leg.prefix, FRAMES_KEY, slot), leg.frames.entry(frames, slot));
        }
        byte[] state = ZeroPacking.pack(leg.leg.headToBytes());
        leg.generation++;
        store.put(
                snapshotKey(leg.prefix),
                ByteBuffer.allocate(SNAPSHOT_HEADER_BYTES + state.length)
                        .put(VERSION)
                        .put(withHolding(LIVE, leg))
                        .putInt(leg.generation)
                        .putInt(leg.leg.nextIndex())
                        .put(state)
                        .array());
        leg.snapshotBytes = state.length;
        leg.journalBytes = 0;
        leg.entries = 0;
    }

    /** Replaces the leg's state with the time of its end. */
    void ended(LegId id, long nowMs) {
        clear(id);
        store.put(
                snapshotKey(id.storePrefix()),
                ByteBuffer.allocate(2 + Long.BYTES)
                        .put(VERSION)
                        .put(ENDED)
                        .putLong(nowMs)
                        .array());
    }

    /** Removes the leg entirely. */
    void remove(LegId id) {
        clear(id);
        store.delete(snapshotKey(id.storePrefix()));
    }

    private void clear(LegId id) {
        Live gone = live.remove(id);
        byte[] prefix = id.storePrefix();
        clear(prefix, JOURNAL_KEY, gone == null ? slots(prefix, JOURNAL_KEY).size() : gone.slots);
        clear(prefix, FRAMES_KEY, gone == null ? slots(prefix, FRAMES_KEY).size() : gone.frames.count());
        if (gone == null ? store.get(attributesKey(prefix)) != null : !gone.attributes.isEmpty()) {
            store.delete(attributesKey(prefix));
        }
    }

    private void clear(byte[] prefix, byte kind, int slots) {
        for (int slot = 0; slot < slots; slot++) {
            store.delete(slotKey(prefix, kind, slot));
        }
    }

    /** The content of the slots of a kind, in order. */
    private List<byte[]> slots(byte[] prefix, byte kind) {
        List<byte[]> entries = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> found =
                store.range(slotKey(prefix, kind, 0), slotKey(prefix, kind, Integer.MAX_VALUE))) {
            found.forEachRemaining(entry -> entries.add(entry.value));
        }
        return entries;
    }

    private @Nullable Live load(LegId id) {
        byte[] prefix = id.storePrefix();
        byte[] snapshot = store.get(snapshotKey(prefix));
        if (snapshot != null && snapshot[1] == ENDED) {
            return null;
        }
        List<ByteBuffer> journal =
                slots(prefix, JOURNAL_KEY).stream().map(ByteBuffer::wrap).toList();
        try {
            Live loaded = snapshot == null ? null : ofSnapshot(prefix, snapshot);
            for (ByteBuffer entry : journal) {
                if (entry.getInt(0) == (loaded == null ? 0 : loaded.generation)) {
                    loaded = replay(id, loaded, entry);
                }
            }
            if (loaded != null) {
                loaded.slots = journal.size();
                loaded.attributes = attributes(prefix);
            }
            return loaded;
        } catch (StaleStateException e) {
            throw new StaleStateException(String.valueOf(e.getMessage()), nextIndex(snapshot, journal));
        }
    }

    /** The number of the next window, whatever release wrote this; obsolete entries have lower numbers, never higher. */
    private static int nextIndex(byte @Nullable [] snapshot, List<ByteBuffer> journal) {
        int next = snapshot == null ? 0 : ByteBuffer.wrap(snapshot).getInt(SNAPSHOT_INDEX_AT);
        for (ByteBuffer entry : journal) {
            next = Math.max(next, entry.getInt(ENTRY_INDEX_AT));
        }
        return next;
    }

    private Live ofSnapshot(byte[] prefix, byte[] snapshot) {
        ByteBuffer bytes = ByteBuffer.wrap(snapshot);
        byte version = bytes.get();
        if (version < FIRST_VERSION || version > VERSION) {
            throw new StaleStateException("version of a stored leg must be 1 to " + VERSION + ": " + version);
        }
        try {
            byte[] state = version <= SECOND_VERSION
                    ? Arrays.copyOfRange(snapshot, SNAPSHOT_HEADER_BYTES, snapshot.length)
                    : ZeroPacking.unpack(snapshot, SNAPSHOT_HEADER_BYTES);
            Live loaded = new Live(prefix, Leg.fromBytes(spec, settings, state));
            loaded.generation = bytes.getInt(2);
            loaded.snapshotBytes = version == FIRST_VERSION ? 0 : snapshot.length - SNAPSHOT_HEADER_BYTES;
            if (version != FIRST_VERSION && !loaded.frames.read(slots(prefix, FRAMES_KEY), loaded.leg.frames())) {
                throw new IllegalArgumentException("all its frames must be stored: some are missing");
            }
            return loaded;
        } catch (RuntimeException e) {
            throw new StaleStateException("stored leg cannot be read: " + e.getMessage());
        }
    }

    private Live replay(LegId id, @Nullable Live leg, ByteBuffer entry) {
        long nowMs = entry.getLong(Integer.BYTES);
        int kind = entry.get(ENTRY_KIND_AT) & ~HOLDING;
        byte[] value = Arrays.copyOfRange(entry.array(), ENTRY_HEADER_BYTES, entry.array().length);
        try {
            Live replayed = leg;
            if (kind == CHUNK) {
                LegChunk chunk = reader.check(id.recordKey(), reader.parse(value));
                if (replayed == null) {
                    replayed = new Live(id.storePrefix(), Leg.open(spec, settings, chunk.chunk(), nowMs));
                }
                replay(replayed.leg, chunk, nowMs);
            } else if (replayed != null) {
                replayed.leg.flushHeld(nowMs, window -> {});
            }
            if (replayed == null) {
                throw new StaleStateException("journal of a stored leg must begin with a chunk");
            }
            // Changes the number only if another feature spec produced the windows.
            replayed.leg.skipTo(entry.getInt(ENTRY_INDEX_AT));
            replayed.entries++;
            replayed.journalBytes += ENTRY_HEADER_BYTES + value.length;
            return replayed;
        } catch (UnreadableRecordException e) {
            throw new StaleStateException("journal of a stored leg cannot be read: " + e.getMessage());
        }
    }

    private static void replay(Leg leg, LegChunk chunk, long nowMs) {
        try {
            leg.accept(chunk.chunk(), nowMs, window -> {});
        } catch (ChunkRefusedException e) {
            // It was refused the first time as well, and has its dead letter.
            return;
        } catch (RuntimeException e) {
            throw new StaleStateException("journal of a stored leg cannot be replayed: " + e);
        }
    }

    private static Bytes snapshotKey(byte[] prefix) {
        return key(prefix, SNAPSHOT_KEY);
    }

    private static Bytes attributesKey(byte[] prefix) {
        return key(prefix, ATTRIBUTES_KEY);
    }

    private static Bytes key(byte[] prefix, byte kind) {
        return Bytes.wrap(
                ByteBuffer.allocate(prefix.length + 1).put(prefix).put(kind).array());
    }

    private static Bytes slotKey(byte[] prefix, byte kind, int slot) {
        return Bytes.wrap(ByteBuffer.allocate(prefix.length + 1 + Integer.BYTES)
                .put(prefix)
                .put(kind)
                .putInt(slot)
                .array());
    }
}
