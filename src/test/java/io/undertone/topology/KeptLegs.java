package io.undertone.topology;

import io.undertone.AudioChunk;
import io.undertone.Role;
import io.undertone.codec.AvroCodec;
import io.undertone.features.FeatureSpec;
import io.undertone.ingest.AudioChunkReader;
import io.undertone.ingest.LegChunk;
import io.undertone.ingest.LegId;
import io.undertone.window.LegSettings;
import io.undertone.window.Window;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.NullUnmarked;

/** The legs whose state is kept, and how they are heard. */
@NullUnmarked
final class KeptLegs {
    /** Has been heard in order up to {@link #HEARD}. */
    static final LegId LIVE = new LegId(KeptContent.CALL_ID, Role.CUSTOMER);
    /** Lacks the chunk {@link #MISSING} and holds the one behind it. */
    static final LegId HOLDING = new LegId("2", Role.CUSTOMER);

    static final LegId ENDED = new LegId("3", Role.UNKNOWN);
    static final long ENDED_AT_MS = KeptContent.STARTED_MS + 77_000;
    /** Chunks of a call of 30 that were heard before the state was kept. */
    static final int HEARD = 19;

    static final int MISSING = 10;

    private static final LegPolicy POLICY =
            new LegPolicy(Set.of(Role.CUSTOMER), 1 << 18, LegSettings.DEFAULT, 120_000, 3_600_000, 100);

    private final AudioChunkReader reader = new AudioChunkReader(1 << 18);
    private final AvroCodec<AudioChunk> codec = new AvroCodec<>(AudioChunk.class);
    private final LegStates states;

    KeptLegs(KeyValueStore<Bytes, byte[]> store, FeatureSpec spec) {
        this.states = new LegStates(store, spec, POLICY);
    }

    LegStates states() {
        return states;
    }

    /** Lets the leg hear more of its call, and adds the windows that come of it. */
    LegStates.Live receive(LegId id, List<AudioChunk> chunks, List<Window> windows) throws Exception {
        LegStates.Live leg = null;
        for (AudioChunk each : chunks) {
            LegChunk chunk = reader.check(id.recordKey(), each);
            LegStates.Live known = states.get(id);
            leg = known == null ? states.open(id, chunk, KeptContent.STARTED_MS, 0) : known;
            leg.leg().accept(chunk.chunk(), KeptContent.STARTED_MS, windows::add);
            states.received(leg, codec.encode(each), KeptContent.STARTED_MS);
        }
        return leg;
    }
}
