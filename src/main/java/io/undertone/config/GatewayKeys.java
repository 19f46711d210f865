package io.undertone.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The keys of the stage gateway. */
public final class GatewayKeys {
    /** Names of all platforms, which are also their paths. */
    static final List<String> PLATFORMS_ALL = List.of(
            "twilio",
            "signalwire",
            "telnyx",
            "plivo",
            "exotel",
            "azure",
            "genesys",
            "asterisk",
            "vonage",
            "sinch",
            "jambonz",
            "freeswitch");

    public static final String HOST = "gateway.host";
    private static final String HOST_DOC =
            "Address that the gateway listens on; any other than loopback needs a secret for each platform that is on.";

    public static final String PORT = "gateway.port";
    private static final String PORT_DOC = "Port of the gateway, for HTTP and WebSockets; 0: any free one.";

    public static final String PLATFORMS = "gateway.platforms";
    private static final String PLATFORMS_DOC =
            "Platforms that may connect; each has the path of its name, /twilio and so on.";

    public static final String AUDIOSOCKET_PORT = "gateway.audiosocket.port";
    private static final String AUDIOSOCKET_PORT_DOC =
            "TCP port for Asterisk's AudioSocket, which has no secret and listens on loopback only; 0: off.";

    public static final String PUBLIC_URL = "gateway.public.url";
    private static final String PUBLIC_URL_DOC =
            "The address that platforms connect to, without the platform's path, such as wss://calls.example.com: their signatures are"
                    + " checked against it. Empty: against the request's own.";

    public static final String TWILIO_AUTH_TOKEN = "gateway.twilio.auth.token";
    private static final String TWILIO_AUTH_TOKEN_DOC =
            "Twilio's auth token, which its signature is checked with; empty: no signature is asked for.";

    public static final String GENESYS_API_KEY = "gateway.genesys.api.key";
    private static final String GENESYS_API_KEY_DOC =
            "API key of Genesys' AudioHook integration; empty: no signature is asked for.";

    public static final String GENESYS_CLIENT_SECRET = "gateway.genesys.client.secret";
    private static final String GENESYS_CLIENT_SECRET_DOC =
            "Client secret of Genesys' AudioHook integration, in base64, which its signature is checked with.";

    public static final String GENESYS_EVENTS = "gateway.genesys.events";
    private static final String GENESYS_EVENTS_DOC =
            "Whether Genesys is sent the results of a conversation, as event entities on the socket that its audio comes by.";

    public static final String TOKEN = "gateway.token";
    private static final String TOKEN_DOC =
            "Token that all other platforms must present: as bearer, as the password of a user, as the path's last part, or as the custom"
                    + " parameter token of the first message; empty: nothing.";

    public static final String ROLE = "gateway.role";
    private static final String ROLE_DOC = "Role of a source with one channel that does not give one.";

    public static final String CUSTOMER_TRACK = "gateway.customer.track";
    private static final String CUSTOMER_TRACK_DOC =
            "Which side of a two-sided stream is the customer; the other is the agent. inbound or outbound for Twilio and its kin, external"
                    + " or internal for Genesys, left or right (default: left) for stereo; platform:side for one platform alone.";

    public static final String ATTRIBUTES = "gateway.attributes";
    private static final String ATTRIBUTES_DOC =
            "Which custom parameters of a call, where its platform sends any, become its attributes: shown on the page, in events and in all"
                    + " that is made of them. Leave out what says who the customer is. Empty: none.";

    public static final String CHUNK_MS = "gateway.chunk.ms";
    private static final String CHUNK_MS_DOC = "Length of the chunks that the gateway publishes.";

    public static final String FIRST_MESSAGE_MS = "gateway.first.message.ms";
    private static final String FIRST_MESSAGE_MS_DOC =
            "A connection that has opened no call after this time is closed.";

    public static final String IDLE_MS = "gateway.idle.ms";
    private static final String IDLE_MS_DOC =
            "A connection without messages for this long is closed, and its legs end: longer than the longest hold of a"
                    + " source that sends nothing meanwhile.";

    public static final String MESSAGE_MAX_BYTES = "gateway.message.max.bytes";
    private static final String MESSAGE_MAX_BYTES_DOC = "Most bytes of a message; a longer one closes its connection.";

    public static final String SESSIONS_MAX = "gateway.sessions.max";
    private static final String SESSIONS_MAX_DOC =
            "Most connections at once in this process; further ones are refused.";

    public static final String SESSIONS_MAX_PER_ADDRESS = "gateway.sessions.max.per.address";
    private static final String SESSIONS_MAX_PER_ADDRESS_DOC =
            "Most connections at once from one remote address; behind a proxy all have the proxy's.";

    public static final String BUFFER_BYTES = "gateway.buffer.bytes";
    private static final String BUFFER_BYTES_DOC =
            "Most audio that waits while Kafka is away; audio that does not fit is dropped and counted. 134217728 is a minute of 140 calls of two"
                    + " legs at 8 kHz mu-law.";

    private GatewayKeys() {}

    static ConfigDef define(ConfigDef def) {
        return who(def).define(HOST, STRING, "127.0.0.1", new NonEmptyString(), MEDIUM, HOST_DOC)
                .define(PORT, INT, 8_091, between(0, 65_535), MEDIUM, PORT_DOC)
                .define(
                        PLATFORMS,
                        LIST,
                        String.join(",", PLATFORMS_ALL),
                        ConfigRules.platforms(PLATFORMS_ALL),
                        MEDIUM,
                        PLATFORMS_DOC)
                .define(AUDIOSOCKET_PORT, INT, 0, between(0, 65_535), MEDIUM, AUDIOSOCKET_PORT_DOC)
                .define(ROLE, STRING, "CUSTOMER", ValidString.in("CUSTOMER", "AGENT", "UNKNOWN"), MEDIUM, ROLE_DOC)
                .define(
                        CUSTOMER_TRACK,
                        LIST,
                        "inbound,external",
                        ConfigRules.customerTracks(PLATFORMS_ALL),
                        MEDIUM,
                        CUSTOMER_TRACK_DOC)
                .define(ATTRIBUTES, LIST, "queue,agent,tags", ConfigRules.attributeNames(), MEDIUM, ATTRIBUTES_DOC)
                .define(CHUNK_MS, INT, 200, between(20, 5_000), LOW, CHUNK_MS_DOC)
                .define(FIRST_MESSAGE_MS, LONG, 10_000L, atLeast(100), LOW, FIRST_MESSAGE_MS_DOC)
                .define(IDLE_MS, LONG, 600_000L, atLeast(1_000), LOW, IDLE_MS_DOC)
                .define(MESSAGE_MAX_BYTES, INT, 65_536, between(1_024, 16 << 20), LOW, MESSAGE_MAX_BYTES_DOC)
                .define(SESSIONS_MAX, INT, 2_000, atLeast(1), MEDIUM, SESSIONS_MAX_DOC)
                .define(SESSIONS_MAX_PER_ADDRESS, INT, 2_000, atLeast(1), MEDIUM, SESSIONS_MAX_PER_ADDRESS_DOC)
                .define(BUFFER_BYTES, LONG, 128L << 20, atLeast(1 << 20), MEDIUM, BUFFER_BYTES_DOC);
    }

    private static ConfigDef who(ConfigDef def) {
        return def.define(PUBLIC_URL, STRING, "", ConfigRules.publicUrlOrEmpty(), MEDIUM, PUBLIC_URL_DOC)
                .define(TWILIO_AUTH_TOKEN, PASSWORD, "", MEDIUM, TWILIO_AUTH_TOKEN_DOC)
                .define(GENESYS_API_KEY, PASSWORD, "", MEDIUM, GENESYS_API_KEY_DOC)
                .define(GENESYS_CLIENT_SECRET, PASSWORD, "", MEDIUM, GENESYS_CLIENT_SECRET_DOC)
                .define(GENESYS_EVENTS, BOOLEAN, false, LOW, GENESYS_EVENTS_DOC)
                .define(TOKEN, PASSWORD, "", MEDIUM, TOKEN_DOC);
    }
}
