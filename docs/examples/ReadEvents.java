import io.undertone.EmotionEvent;
import io.undertone.codec.AvroCodec;
import io.undertone.codec.UnreadableRecordException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Hands out each event of emotion-events once. Give it the value of each record, in the order in which they are read. Needs
 * undertone-VERSION-records.jar and Avro, and nothing else of Undertone's. For one thread.
 */
public final class ReadEvents {
    private static final int REMEMBERED = 10_000;

    private final AvroCodec<EmotionEvent> codec = new AvroCodec<>(EmotionEvent.class);
    private final Consumer<EmotionEvent> events;
    private final Map<String, Boolean> seen = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    public ReadEvents(Consumer<EmotionEvent> events) {
        this.events = events;
    }

    /** Takes the value of a record. A consumer that restarts reads some again: what was handed out before is passed over. */
    public void onRecord(byte[] value) throws UnreadableRecordException {
        EmotionEvent event = codec.decode(value);
        if (seen.put(event.getEventId(), true) == null) {
            events.accept(event);
        }
    }
}
