import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns the text messages of one Twilio Media Streams WebSocket into legs. Give each message to {@link #onText}, in the order they
 * came. For one thread.
 */
public final class TwilioStream {
    /** Opens the publisher of a leg. */
    public interface Legs {
        LegPublisher open(String callId, String role, String encoding, int sampleRateHz) throws IOException;
    }

    private static final int SAMPLES_PER_MS = 8;
    /** Timestamps are uneven by some ms; further off than this, audio is missing. */
    private static final int MISSING_MS = 100;

    private final ObjectMapper json = new ObjectMapper();
    private final Legs legs;
    private final Map<String, Track> tracks = new HashMap<>();
    private String callId = "";
    private String inboundRole = "CUSTOMER";
    private long startedAtMs;

    private static final class Track {
        private final LegPublisher leg;
        private long position;

        private Track(LegPublisher leg) {
            this.leg = leg;
        }
    }

    public TwilioStream(Legs legs) {
        this.legs = legs;
    }

    /**
     * @param nowMs when the message came, epoch ms
     */
    public void onText(String text, long nowMs) throws IOException {
        JsonNode message = json.readTree(text);
        switch (message.path("event").asText()) {
            case "start" -> {
                callId = message.path("start").path("callSid").asText();
                // Inbound is what Twilio hears from the party whose call the stream was started on. Where that is the agent, say
                // so with <Parameter name="inboundRole" value="AGENT"/> in the <Stream>.
                inboundRole = message.path("start").path("customParameters").path("inboundRole").asText("CUSTOMER");
                startedAtMs = nowMs;
            }
            case "media" -> {
                JsonNode media = message.path("media");
                byte[] audio = Base64.getDecoder().decode(media.path("payload").asText());
                long timestampMs = media.path("timestamp").asLong(); // a string of digits; since the stream's start
                Track track = track(media.path("track").asText());
                if (timestampMs * SAMPLES_PER_MS > track.position + MISSING_MS * SAMPLES_PER_MS) {
                    track.position = timestampMs * SAMPLES_PER_MS;
                }
                track.leg.add(track.position, startedAtMs + track.position / SAMPLES_PER_MS, audio);
                track.position += audio.length; // mu-law: a byte is a sample
            }
            case "stop" -> close();
            default -> { } // connected, dtmf, mark
        }
    }

    /** Ends all legs; call it when the WebSocket closes without a stop message, too. */
    public void close() throws IOException {
        for (Track track : tracks.values()) {
            track.leg.close();
        }
        tracks.clear();
    }

    private Track track(String name) throws IOException {
        Track track = tracks.get(name);
        if (track == null) {
            boolean customer = name.equals("inbound") == inboundRole.equals("CUSTOMER");
            track = new Track(legs.open(callId, customer ? "CUSTOMER" : "AGENT", "MULAW", 8000));
            tracks.put(name, track);
        }
        return track;
    }
}
