package io.undertone.training;

import io.undertone.training.calls.CallOpinions;
import io.undertone.training.calls.StagedCall;
import io.undertone.training.calls.StagedOpinions;
import io.undertone.training.condition.Condition;
import io.undertone.training.corpus.Clip;
import io.undertone.training.ordinary.HeardCall;
import io.undertone.training.score.ClipOpinion;
import io.undertone.training.score.WindowFigures;
import io.undertone.vote.LabelShift;
import io.undertone.vote.Opinion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * The opinions of one fold's voters on its held-out clips, stored on disk so that a restarted run need not measure the fold again.
 * Immutable.
 *
 * @param voters their names, in the order of the opinions
 * @param byCondition one opinion per clip, in the same order under each condition
 * @param windows the windows of all clips
 * @param staged calls put together from the clips
 * @param ordinary calls of ordinary speech
 * @param notSpeech recordings without speech
 */
record FoldOpinions(
        List<String> voters,
        Map<Condition, List<ClipOpinion>> byCondition,
        WindowFigures windows,
        StagedOpinions staged,
        List<HeardCall> ordinary,
        List<HeardCall> notSpeech) {
    private static final int MAGIC = 0x5554464F; // UTFO
    private static final int VERSION = 4;

    FoldOpinions {
        voters = List.copyOf(voters);
        byCondition = new EnumMap<>(byCondition);
        ordinary = List.copyOf(ordinary);
        notSpeech = List.copyOf(notSpeech);
    }

    /** The opinions under one condition, which must have been measured. */
    List<ClipOpinion> under(Condition condition) {
        return Objects.requireNonNull(byCondition.get(condition), condition.id());
    }

    /** The same opinions, with corrected label priors. */
    FoldOpinions readWith(LabelShift shift) {
        Map<Condition, List<ClipOpinion>> corrected = new EnumMap<>(Condition.class);
        byCondition.forEach((condition, opinions) -> corrected.put(
                condition, opinions.stream().map(o -> o.readWith(shift)).toList()));
        return new FoldOpinions(
                voters,
                corrected,
                windows,
                staged.readWith(shift),
                ordinary.stream().map(call -> call.readWith(shift)).toList(),
                notSpeech.stream().map(call -> call.readWith(shift)).toList());
    }

    /** The same with only every second call of ordinary speech and other sound, from the first or the second on. */
    FoldOpinions withHalfOfTheCalls(int from) {
        return new FoldOpinions(
                voters, byCondition, windows, staged, everySecond(ordinary, from), everySecond(notSpeech, from));
    }

    private static List<HeardCall> everySecond(List<HeardCall> calls, int from) {
        return IntStream.range(0, calls.size())
                .filter(i -> i % 2 == from)
                .mapToObj(calls::get)
                .toList();
    }

    /** Only the opinions on some clips and on calls of them; all else stays. */
    FoldOpinions of(Predicate<Clip> some) {
        Map<Condition, List<ClipOpinion>> own = new EnumMap<>(Condition.class);
        byCondition.forEach((condition, opinions) -> own.put(
                condition, opinions.stream().filter(o -> some.test(o.clip())).toList()));
        return new FoldOpinions(voters, own, windows, staged.of(some), ordinary, notSpeech);
    }

    /**
     * Writes a temporary file and renames it, so that a crash leaves no partial file.
     *
     * @param identity everything that they depend on
     */
    void write(Path file, String identity) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            writeText(out, identity);
            out.writeInt(voters.size());
            for (String voter : voters) {
                writeText(out, voter);
            }
            out.writeInt(byCondition.size());
            for (Map.Entry<Condition, List<ClipOpinion>> entry : byCondition.entrySet()) {
                writeText(out, entry.getKey().name());
                for (ClipOpinion opinion : entry.getValue()) {
                    write(out, opinion);
                }
            }
            windows.write(out);
            for (StagedOpinions.Call call : staged.calls()) {
                write(out, call.opinions());
            }
            write(out, ordinary);
            write(out, notSpeech);
            out.writeLong(crc(bytes.toByteArray(), bytes.size()));
        }
        Files.createDirectories(Objects.requireNonNull(file.getParent(), "opinions are kept in a folder"));
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, bytes.toByteArray());
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Reads opinions written with the same identity on the same clips and calls; empty if there are none or the file is damaged. */
    static Optional<FoldOpinions> read(Path file, String identity, List<Clip> clips, List<StagedCall> scripts)
            throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(file);
        int body = bytes.length - Long.BYTES;
        if (body < 0 || ByteBuffer.wrap(bytes).getLong(body) != crc(bytes, body)) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readInt() != MAGIC
                    || in.readInt() != VERSION
                    || !readText(in).equals(identity)) {
                return Optional.empty();
            }
            return Optional.of(new FoldOpinions(
                    readVoters(in),
                    readByCondition(in, clips),
                    WindowFigures.read(in),
                    readStaged(in, scripts),
                    readCalls(in),
                    readCalls(in)));
        }
    }

    private static List<String> readVoters(DataInputStream in) throws IOException {
        List<String> voters = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            voters.add(readText(in));
        }
        return voters;
    }

    private static Map<Condition, List<ClipOpinion>> readByCondition(DataInputStream in, List<Clip> clips)
            throws IOException {
        Map<Condition, List<ClipOpinion>> byCondition = new EnumMap<>(Condition.class);
        for (int left = in.readInt(); left > 0; left--) {
            Condition condition = Condition.valueOf(readText(in));
            List<ClipOpinion> opinions = new ArrayList<>();
            for (Clip clip : clips) {
                opinions.add(read(in, clip));
            }
            byCondition.put(condition, opinions);
        }
        return byCondition;
    }

    private static StagedOpinions readStaged(DataInputStream in, List<StagedCall> scripts) throws IOException {
        List<StagedOpinions.Call> calls = new ArrayList<>();
        for (StagedCall script : scripts) {
            calls.add(new StagedOpinions.Call(script, readCall(in)));
        }
        return new StagedOpinions(calls);
    }

    private static void write(DataOutputStream out, ClipOpinion opinion) throws IOException {
        out.writeInt(opinion.label());
        out.writeInt(opinion.voters());
        out.writeInt(opinion.labels());
        for (int voter = 0; voter < opinion.voters(); voter++) {
            for (int label = 0; label < opinion.labels(); label++) {
                out.writeFloat(opinion.probability(voter, label));
            }
        }
    }

    private static ClipOpinion read(DataInputStream in, Clip clip) throws IOException {
        int label = in.readInt();
        int voters = in.readInt();
        int labels = in.readInt();
        float[][] byVoter = new float[voters][labels];
        for (float[] row : byVoter) {
            for (int i = 0; i < labels; i++) {
                row[i] = in.readFloat();
            }
        }
        return ClipOpinion.of(clip, label, byVoter);
    }

    private static void write(DataOutputStream out, List<HeardCall> calls) throws IOException {
        out.writeInt(calls.size());
        for (HeardCall call : calls) {
            writeText(out, call.kind());
            writeText(out, call.source());
            out.writeInt(call.recordings());
            out.writeLong(call.durationMs());
            out.writeInt(call.silentWindows());
            out.writeInt(call.notSpeechWindows());
            write(out, call.opinions());
        }
    }

    private static List<HeardCall> readCalls(DataInputStream in) throws IOException {
        List<HeardCall> calls = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            calls.add(new HeardCall(
                    readText(in), readText(in), in.readInt(), in.readLong(), in.readInt(), in.readInt(), readCall(in)));
        }
        return calls;
    }

    private static void write(DataOutputStream out, CallOpinions call) throws IOException {
        out.writeInt(call.windows().size());
        for (CallOpinions.Said said : call.windows()) {
            out.writeLong(said.endMs());
            out.writeInt(said.label());
            out.writeInt(said.opinion().voters());
            out.writeInt(said.opinion().labels());
            for (int voter = 0; voter < said.opinion().voters(); voter++) {
                for (int label = 0; label < said.opinion().labels(); label++) {
                    out.writeFloat(said.opinion().probability(voter, label));
                }
            }
        }
    }

    private static CallOpinions readCall(DataInputStream in) throws IOException {
        List<CallOpinions.Said> windows = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            long endMs = in.readLong();
            int label = in.readInt();
            float[][] byVoter = new float[in.readInt()][in.readInt()];
            for (float[] row : byVoter) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = in.readFloat();
                }
            }
            windows.add(new CallOpinions.Said(endMs, label, Opinion.of(byVoter)));
        }
        return new CallOpinions(windows);
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static long crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }
}
