package io.undertone.audio;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Unsupported file formats: recognises them and gives the command that converts a file to WAV. */
final class OtherFormat {
    /** Number of leading bytes that are needed to recognise a format. */
    static final int HEAD_BYTES = 64;

    private record Kind(int at, String bytes, String name) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(4, "ftyp", "MP4, M4A or 3GP"),
            new Kind(28, "\u0001vorbis", "Ogg Vorbis"),
            new Kind(28, "Speex   ", "Ogg Speex"),
            new Kind(28, "\u007fFLAC", "Ogg FLAC"),
            new Kind(28, "OpusHead", "Ogg Opus"),
            new Kind(0, "OggS", "Ogg"),
            new Kind(0, "ID3", "MP3"),
            new Kind(0, "#!AMR", "AMR"),
            new Kind(0, "#!SILK", "SILK"),
            new Kind(0, "\u001aE\u00df\u00a3", "Matroska or WebM"),
            new Kind(0, "riff.\u0091\u00cf\u0011", "Sony Wave64"),
            new Kind(0, "caff", "Core Audio Format"),
            new Kind(0, "wvpk", "WavPack"),
            new Kind(0, "NIST_1A", "NIST SPHERE"),
            new Kind(0, "0&\u00b2u", "Windows Media Audio"),
            new Kind(8, "AVI ", "AVI"),
            new Kind(0, "\u001f\u008b", "gzip"),
            new Kind(0, "PK\u0003\u0004", "ZIP"),
            new Kind(0, "<", "XML or a web page"),
            new Kind(0, "{", "JSON"));

    /** By file extension: ffmpeg options for headerless audio. */
    private static final Map<String, String> HEADLESS = Map.ofEntries(
            Map.entry("ulaw", "-f mulaw -ar 8000 -ac 1"),
            Map.entry("ul", "-f mulaw -ar 8000 -ac 1"),
            Map.entry("mulaw", "-f mulaw -ar 8000 -ac 1"),
            Map.entry("pcmu", "-f mulaw -ar 8000 -ac 1"),
            Map.entry("alaw", "-f alaw -ar 8000 -ac 1"),
            Map.entry("al", "-f alaw -ar 8000 -ac 1"),
            Map.entry("pcma", "-f alaw -ar 8000 -ac 1"),
            Map.entry("sln", "-f s16le -ar 8000 -ac 1"),
            Map.entry("slin", "-f s16le -ar 8000 -ac 1"),
            Map.entry("sln16", "-f s16le -ar 16000 -ac 1"),
            Map.entry("sln48", "-f s16le -ar 48000 -ac 1"),
            Map.entry("raw", "-f s16le -ar 8000 -ac 1"),
            Map.entry("pcm", "-f s16le -ar 8000 -ac 1"),
            Map.entry("gsm", "-f gsm"),
            Map.entry("g722", "-f g722"),
            Map.entry("g729", "-f g729"));

    private OtherFormat() {}

    /** The error for a file that begins with {@code head}. */
    static AudioFileException refuse(AudioInput in, byte[] head) {
        String rule = "must be a WAV, FLAC, AIFF or AU file: ";
        if (head.length == 0) {
            return in.refuse(rule + "it is empty (size=0 bytes)");
        }
        String kind = kind(head);
        if (kind != null && (kind.startsWith("XML") || kind.equals("JSON"))) {
            return in.refuse(rule + "it is " + kind
                    + ", as servers answer in place of a recording; open it in an editor and download it again");
        }
        if (kind != null && (kind.equals("gzip") || kind.equals("ZIP"))) {
            return in.refuse(rule + "it is packed (" + kind + "); unpack it");
        }
        if (kind != null) {
            return in.refuse(rule + "it is " + kind + "; convert it: " + conversion(in.name()));
        }
        String headless = HEADLESS.get(ending(in.name()));
        if (headless != null) {
            return in.refuse(rule + "it has no header, and ends in ." + ending(in.name())
                    + "; if it is what that says, convert it: " + command(headless + " ", in.name()));
        }
        return in.refuse(rule + "its format cannot be recognised by its first bytes (" + hex(head) + "); convert it: "
                + conversion(in.name()));
    }

    /** The command that converts a file to WAV. */
    static String conversion(String name) {
        return command("", name);
    }

    private static @Nullable String kind(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        for (Kind kind : KINDS) {
            if (text.startsWith(kind.bytes, kind.at)) {
                return kind.name;
            }
        }
        int sync = head.length < 2 ? 0 : (head[0] & 0xff) << 8 | (head[1] & 0xff);
        if ((sync & 0xfff6) == 0xfff0) {
            return "AAC";
        }
        return (sync & 0xffe0) == 0xffe0 && (sync & 6) != 0 ? "MP3" : null;
    }

    private static String command(String options, String name) {
        if (name.equals("-")) {
            return "ffmpeg " + options + "-i - -c:a pcm_s16le -f wav -";
        }
        String last = name.substring(name.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        String stem = name.substring(0, name.length() - last.length()) + (dot > 0 ? last.substring(0, dot) : last);
        String wav = ending(name).equals("wav") ? stem + "-pcm.wav" : stem + ".wav";
        return "ffmpeg " + options + "-i " + quoted(name) + " -c:a pcm_s16le " + quoted(wav);
    }

    private static String quoted(String name) {
        String safe = name.startsWith("-") ? "./" + name : name;
        return safe.matches("[A-Za-z0-9_./+:,-]+") ? safe : "'" + safe.replace("'", "'\\''") + "'";
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static String hex(byte[] head) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < Math.min(8, head.length); i++) {
            hex.append(String.format("%s%02x", i == 0 ? "" : " ", head[i]));
        }
        return hex.toString();
    }
}
