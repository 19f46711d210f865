package io.undertone.gateway;

import io.undertone.Role;
import io.undertone.audio.PcmDecoder;
import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A call as a platform's client sends it, in messages as the platform's pages have them. Shares no code with the gateway. Of a recording's
 * two channels the agent's is the first.
 */
final class CallScript {
    /** One for each protocol and dialect; what differs in the text alone is one of its own, too. */
    static final List<String> NAMES = List.of(
            "twilio",
            "signalwire",
            "telnyx",
            "plivo",
            "exotel",
            "azure",
            "genesys",
            "asterisk",
            "asterisk-json",
            "audiosocket",
            "vonage",
            "sinch",
            "jambonz",
            "mod_audio_stream",
            "mod_audio_fork");

    static final int FRAME_MS = 20;

    private static final int AGENT = 0;
    private static final int CUSTOMER = 1;
    private static final long EPOCH_MS = 1_700_000_000_000L;

    /** How far Telnyx lets frames come out of order. */
    private static final int SHUFFLED_MS = 100;

    private static final Pattern NUMBER = Pattern.compile(":(-?\\d+)(?=[,}])");
    private static final Pattern QUOTED = Pattern.compile(":\"(-?\\d{1,15})\"(?=[,}])");

    /** One message: text, or bytes where the text is empty. */
    record Message(long atMs, String text, byte[] bytes) {}

    /** How one side's audio is said in text. */
    private interface Said {
        /**
         * @param number of the piece within its side
         * @param atMs when its first sample was spoken, since the beginning
         */
        String media(int number, long atMs, boolean customer, String base64);
    }

    private final String platform;
    private final String callId;
    private final int rateHz;
    private final SampleFormat format;
    private final boolean bothSides;
    private String target = "/";
    private List<String> opening = List.of();
    private List<String> closing = List.of();
    private Said said = (number, atMs, customer, base64) -> "";
    private boolean binary;
    private boolean framed;
    private boolean shuffled;

    private CallScript(String platform, String callId, int rateHz, SampleFormat format, boolean bothSides) {
        this.platform = platform;
        this.callId = callId;
        this.rateHz = rateHz;
        this.format = format;
        this.bothSides = bothSides;
    }

    /** @param number another one is another call */
    static CallScript of(String name, int number) {
        String id = name + "-" + number;
        return switch (name) {
            case "twilio", "signalwire" -> twilio(name, id);
            case "telnyx" -> telnyx(id);
            case "plivo" -> plivo(id);
            case "exotel" -> exotel(id);
            case "azure" -> azure(id);
            case "genesys" -> genesys(id);
            case "asterisk" -> asterisk(id);
            case "asterisk-json" -> asteriskJson(id);
            case "audiosocket" -> audioSocket(new UUID(number, name.hashCode()));
            case "vonage" ->
                mono("vonage", id, 16_000)
                        .opens(
                                "{\"event\":\"websocket:connected\",\"content-type\":\"audio/l16;rate=16000\",\"callId\":\""
                                        + id + "\"}");
            case "sinch" ->
                mono("sinch", id, 8_000)
                        .opens(
                                "{\"command\":\"connect\",\"version\":1,\"callId\":\"" + id
                                        + "\",\"applicationKey\":\"k\",\"codec\":\"PCM\",\"sampleRate\":8000,\"callHeaders\":{}}");
            case "jambonz" ->
                stereo("jambonz", id)
                        .opens(
                                "{\"callSid\":\"" + id
                                        + "\",\"from\":\"f\",\"to\":\"t\",\"sampleRate\":8000,\"mixType\":\"stereo\",\"metadata\":{}}");
            case "mod_audio_stream" ->
                stereo("freeswitch", id).opens("{\"callId\":\"" + id + "\",\"sampleRate\":8000,\"mix\":\"stereo\"}");
            case "mod_audio_fork" ->
                mono("freeswitch", id, 16_000).at("/freeswitch?rate=16k").opens(id);
            default -> throw new IllegalArgumentException("there must be such a script: " + name);
        };
    }

    private static CallScript twilio(String platform, String id) {
        CallScript script = new CallScript(platform, id, 8_000, SampleFormat.MULAW, true);
        script.said = (number, atMs, customer, base64) -> "{\"event\":\"media\",\"sequenceNumber\":\"" + (number + 2)
                + "\",\"media\":{\"track\":\"" + track(customer) + "\",\"chunk\":\"" + (number + 1)
                + "\",\"timestamp\":\"" + (atMs + number % 7) + "\",\"payload\":\"" + base64
                + "\"},\"streamSid\":\"MZ\"}";
        return script.opens(
                        "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}",
                        "{\"event\":\"start\",\"sequenceNumber\":\"1\",\"start\":{\"accountSid\":\"AC\",\"streamSid\":\"MZ\",\"callSid\":\""
                                + id
                                + "\",\"tracks\":[\"inbound\",\"outbound\"],\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\","
                                + "\"sampleRate\":8000,\"channels\":1},\"customParameters\":{}},\"streamSid\":\"MZ\"}")
                .closes("{\"event\":\"stop\",\"streamSid\":\"MZ\",\"stop\":{\"callSid\":\"" + id + "\"}}");
    }

    private static CallScript telnyx(String id) {
        CallScript script = new CallScript("telnyx", id, 8_000, SampleFormat.ALAW, true);
        script.said = (number, atMs, customer, base64) -> "{\"event\":\"media\",\"sequence_number\":\""
                + (2 * number + 2) + "\",\"media\":{\"track\":\"" + track(customer) + "\",\"chunk\":\"" + (number + 1)
                + "\",\"timestamp\":\"" + atMs + "\",\"payload\":\"" + base64 + "\"},\"stream_id\":\"s\"}";
        script.shuffled = true;
        return script.opens(
                        "{\"event\":\"start\",\"sequence_number\":\"1\",\"start\":{\"user_id\":\"u\",\"call_control_id\":\""
                                + id
                                + "\",\"media_format\":{\"encoding\":\"PCMA\",\"sample_rate\":8000,\"channels\":1}},"
                                + "\"stream_id\":\"s\"}")
                .closes("{\"event\":\"stop\",\"sequence_number\":\"9\",\"stop\":{\"call_control_id\":\"" + id
                        + "\"},\"stream_id\":\"s\"}");
    }

    private static CallScript plivo(String id) {
        CallScript script = new CallScript("plivo", id, 16_000, SampleFormat.PCM_S16LE, true);
        script.said = (number, atMs, customer, base64) -> "{\"sequenceNumber\":" + (number + 1)
                + ",\"streamId\":\"s\",\"event\":\"media\",\"media\":{\"track\":\"" + track(customer)
                + "\",\"timestamp\":\"" + (EPOCH_MS + atMs) + "\",\"chunk\":" + (number + 1) + ",\"payload\":\""
                + base64 + "\"},\"extra_headers\":\"\"}";
        return script.opens("{\"sequenceNumber\":0,\"event\":\"start\",\"start\":{\"callId\":\"" + id
                + "\",\"streamId\":\"s\",\"accountId\":\"a\",\"tracks\":[\"inbound\",\"outbound\"],\"mediaFormat\":"
                + "{\"encoding\":\"audio/x-l16\",\"sampleRate\":16000}},\"extra_headers\":\"\"}");
    }

    private static CallScript exotel(String id) {
        CallScript script = new CallScript("exotel", id, 8_000, SampleFormat.PCM_S16LE, false);
        script.said = (number, atMs, customer, base64) -> "{\"event\":\"media\",\"sequence_number\":\"" + (number + 2)
                + "\",\"stream_sid\":\"s\",\"media\":{\"chunk\":\"" + (number + 1) + "\",\"payload\":\"" + base64
                + "\"}}";
        return script.opens(
                        "{\"event\":\"start\",\"sequence_number\":\"1\",\"stream_sid\":\"s\",\"start\":{\"stream_sid\":\"s\",\"call_sid\":\""
                                + id
                                + "\",\"account_sid\":\"a\",\"from\":\"f\",\"to\":\"t\",\"custom_parameters\":{},\"media_format\":"
                                + "{\"encoding\":\"audio/x-raw\",\"sample_rate\":\"8000\",\"bit_rate\":\"128\"}}}")
                .closes("{\"event\":\"stop\",\"sequence_number\":\"9\",\"stream_sid\":\"s\",\"stop\":{\"call_sid\":\""
                        + id + "\",\"reason\":\"stopped\"}}");
    }

    private static CallScript azure(String id) {
        CallScript script = new CallScript("azure", id, 16_000, SampleFormat.PCM_S16LE, true);
        script.said = (number, atMs, customer, base64) -> "{\"kind\":\"AudioData\",\"audioData\":{\"timestamp\":\""
                + Instant.ofEpochMilli(EPOCH_MS + atMs) + "\",\"participantRawID\":\""
                + (customer ? "4:+15550100" : "8:acs:agent") + "\",\"data\":\"" + base64 + "\",\"silent\":false}}";
        return script.opens("{\"kind\":\"AudioMetadata\",\"audioMetadata\":{\"subscriptionId\":\"" + id
                + "\",\"encoding\":\"PCM\",\"sampleRate\":16000,\"channels\":1,\"length\":640}}");
    }

    private static CallScript genesys(String id) {
        String frame = "{\"version\":\"2\",\"id\":\"s\",\"type\":\"";
        CallScript script = new CallScript("genesys", id, 8_000, SampleFormat.MULAW, true);
        script.binary = true;
        return script.opens(frame
                        + "open\",\"seq\":1,\"serverseq\":0,\"position\":\"PT0S\",\"parameters\":{\"organizationId\":\"o\","
                        + "\"conversationId\":\"" + id
                        + "\",\"participant\":{\"id\":\"p\",\"ani\":\"\",\"aniName\":\"\",\"dnis\":\"\"},"
                        + "\"media\":[{\"type\":\"audio\",\"format\":\"PCMU\",\"channels\":[\"external\",\"internal\"],"
                        + "\"rate\":8000}],\"language\":\"en-US\"}}")
                .closes(frame + "close\",\"seq\":2,\"serverseq\":1,\"position\":\"PT14.0S\",\"parameters\":"
                        + "{\"reason\":\"end\"}}");
    }

    private static CallScript asterisk(String id) {
        CallScript script = new CallScript("asterisk", id, 8_000, SampleFormat.MULAW, false);
        script.binary = true;
        return script.opens("MEDIA_START connection_id:undertone channel:WebSocket/undertone/0x7f8a channel_id:" + id
                + " format:ulaw optimal_frame_size:160 ptime:20");
    }

    private static CallScript asteriskJson(String id) {
        return mono("asterisk", id, 16_000)
                .opens(
                        "{\"event\":\"MEDIA_START\",\"connection_id\":\"u\",\"channel\":\"WebSocket/u/0x1\",\"channel_id\":\"1.4\","
                                + "\"format\":\"slin16\",\"optimal_frame_size\":640,\"ptime\":20,\"channel_variables\":{\"CALL_ID\":\""
                                + id + "\"}}");
    }

    private static CallScript audioSocket(UUID id) {
        CallScript script = mono("audiosocket", id.toString(), 8_000);
        script.framed = true;
        return script;
    }

    private static CallScript mono(String platform, String id, int rateHz) {
        CallScript script = new CallScript(platform, id, rateHz, SampleFormat.PCM_S16LE, false);
        script.binary = true;
        return script;
    }

    private static CallScript stereo(String platform, String id) {
        CallScript script = new CallScript(platform, id, 8_000, SampleFormat.PCM_S16LE, true);
        script.binary = true;
        return script;
    }

    private CallScript opens(String... messages) {
        opening = List.of(messages);
        return this;
    }

    private CallScript closes(String... messages) {
        closing = List.of(messages);
        return this;
    }

    private CallScript at(String address) {
        target = address;
        return this;
    }

    private static String track(boolean customer) {
        return customer ? "inbound" : "outbound";
    }

    String callId() {
        return callId;
    }

    int rateHz() {
        return rateHz;
    }

    SampleFormat format() {
        return format;
    }

    /** Whose voices it sends. */
    List<Role> roles() {
        return bothSides ? List.of(Role.CUSTOMER, Role.AGENT) : List.of(Role.CUSTOMER);
    }

    /** Which channel of a recording a role's voice is. */
    static int channel(Role role) {
        return role == Role.CUSTOMER ? CUSTOMER : AGENT;
    }

    /** The recording as the platform's codec carries it. */
    Recording carried(Recording recording) {
        float[][] channels = new float[recording.channels()][];
        for (int i = 0; i < channels.length; i++) {
            channels[i] = PcmDecoder.decode(format, recording.encode(i, 0, recording.samples(), format));
        }
        return new Recording(recording.sampleRateHz(), channels);
    }

    Session connect(HeardCalls heard) {
        Platform known = framed
                ? Platforms.AUDIOSOCKET
                : Platforms.named(platform).orElseThrow(() -> new AssertionError(platform));
        return heard.connect(known, new Handshake(target, "", "", Map.of()));
    }

    /** Connects and sends messages, each at its time, from now on; the connection stays open. */
    Session play(List<Message> messages, HeardCalls heard) {
        Session session = connect(heard);
        long begunMs = heard.nowMs.get();
        for (Message message : messages) {
            heard.nowMs.set(begunMs + message.atMs());
            if (message.text().isEmpty()) {
                session.binary(ByteBuffer.wrap(message.bytes()));
            } else {
                session.text(message.text());
            }
            session.tick();
        }
        return session;
    }

    /** The call in frames of 20 ms, those of Telnyx out of order; without its end. */
    List<Message> messages(Recording recording) {
        return messages(recording, FRAME_MS * rateHz / 1_000 * format.bytesPerSample(), new Random(1));
    }

    /**
     * The same as badly as it may come: audio cut anywhere, samples and headers too, numbers as strings, strings as numbers, fields that
     * nobody knows.
     */
    List<Message> roughMessages(Recording recording, Random random) {
        return messages(recording, 0, random).stream()
                .map(message -> new Message(message.atMs(), rough(message.text()), message.bytes()))
                .toList();
    }

    /** What the platform says when the call ends; empty: nothing. */
    List<String> closing() {
        return closing;
    }

    private List<Message> messages(Recording recording, int pieceBytes, Random random) {
        List<Message> messages = new ArrayList<>();
        opening.forEach(text -> messages.add(new Message(0, text, new byte[0])));
        byte[] customer = recording.encode(CUSTOMER, 0, recording.samples(), format);
        byte[] agent = recording.encode(AGENT, 0, recording.samples(), format);
        if (binary) {
            byte[] stream = framed ? frames(customer) : bothSides ? interleaved(customer, agent) : customer;
            double spokenMs = 1_000.0 * recording.samples() / rateHz / stream.length;
            long sent = 0;
            for (byte[] piece : pieces(stream, bothSides ? 2 * pieceBytes : pieceBytes, random)) {
                sent += piece.length;
                messages.add(new Message((long) (sent * spokenMs), "", piece));
            }
            return messages;
        }
        List<Message> media = new ArrayList<>();
        say(customer, true, pieceBytes, random, media);
        if (bothSides) {
            say(agent, false, pieceBytes, random, media);
        }
        media.sort(Comparator.comparingLong(Message::atMs));
        messages.addAll(media);
        return messages;
    }

    private void say(byte[] samples, boolean customer, int pieceBytes, Random random, List<Message> media) {
        int number = 0;
        int from = 0;
        for (byte[] piece : pieces(samples, pieceBytes, random)) {
            long atMs = ms(from);
            from += piece.length;
            String text = said.media(number, atMs, customer, Base64.getEncoder().encodeToString(piece));
            number++;
            media.add(new Message(ms(from) + (shuffled ? random.nextInt(SHUFFLED_MS) : 0), text, new byte[0]));
        }
    }

    private long ms(int bytes) {
        return bytes / format.bytesPerSample() * 1_000L / rateHz;
    }

    /** @param length of each but the last; 0: any */
    private static List<byte[]> pieces(byte[] stream, int length, Random random) {
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < stream.length; ) {
            int to = Math.min(stream.length, from + (length > 0 ? length : 1 + random.nextInt(700)));
            pieces.add(Arrays.copyOfRange(stream, from, to));
            from = to;
        }
        return pieces;
    }

    private byte[] interleaved(byte[] customer, byte[] agent) {
        int width = format.bytesPerSample();
        ByteBuffer both = ByteBuffer.allocate(customer.length + agent.length);
        for (int from = 0; from < customer.length; from += width) {
            both.put(customer, from, width).put(agent, from, width);
        }
        return both.array();
    }

    /** AudioSocket's: its id, then frames of 16-bit samples at 8 kHz. */
    private byte[] frames(byte[] samples) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        UUID id = UUID.fromString(callId);
        stream.writeBytes(ByteBuffer.allocate(19)
                .put((byte) 0x01)
                .putShort((short) 16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
        for (byte[] frame : pieces(samples, 320, new Random(0))) {
            stream.writeBytes(ByteBuffer.allocate(3)
                    .put((byte) 0x10)
                    .putShort((short) frame.length)
                    .array());
            stream.writeBytes(frame);
        }
        return stream.toByteArray();
    }

    private static String rough(String text) {
        if (!text.startsWith("{")) {
            return text;
        }
        String marked = QUOTED.matcher(text).replaceAll(match -> ":#" + match.group(1));
        String quoted = NUMBER.matcher(marked).replaceAll(CallScript::inQuotes);
        return "{\"unheard\":{\"of\":[1,{\"by\":null}]},"
                + quoted.replace(":#", ":").substring(1);
    }

    private static String inQuotes(MatchResult number) {
        return ":\"" + number.group(1) + "\"";
    }
}
