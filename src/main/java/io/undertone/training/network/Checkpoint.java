package io.undertone.training.network;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The state of a member after an epoch: everything needed to resume with the same weights as an uninterrupted run. Written to a temporary
 * file and renamed, so that a crash leaves either the old or the new one.
 *
 * @param run identity of the run (recipe, data, seed): a run does not resume from another run's checkpoint
 * @param history one score per finished epoch
 * @param bestEpoch epoch of {@code best}, from 1; 0 if none
 * @param state the learner's
 * @param best weights of the best epoch, as {@code Weights.toBytes()} gives them; empty if none
 */
@SuppressWarnings("ArrayRecordComponent") // short-lived and never compared
record Checkpoint(String run, List<EpochScore> history, int bestEpoch, byte[] state, byte[] best) {
    private static final int MAGIC = 0x55544350; // UTCP
    private static final int VERSION = 1;

    Checkpoint {
        history = List.copyOf(history);
    }

    void write(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeUTF(run);
            out.writeInt(history.size());
            for (EpochScore score : history) {
                out.writeDouble(score.trainLoss());
                out.writeDouble(score.trainAccuracy());
                out.writeDouble(score.validationLoss());
                out.writeDouble(score.validationAccuracy());
            }
            out.writeInt(bestEpoch);
            writeBytes(out, state);
            writeBytes(out, best);
            out.writeLong(crc(bytes.toByteArray(), bytes.size()));
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, bytes.toByteArray());
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The checkpoint of this run; empty if there is none, or it is another run's or damaged. */
    static Optional<Checkpoint> read(Path file, String run) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(file);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (bytes.length < Long.BYTES
                    || in.readInt() != MAGIC
                    || in.readInt() != VERSION
                    || !in.readUTF().equals(run)) {
                return Optional.empty();
            }
            List<EpochScore> history = new ArrayList<>();
            int epochs = in.readInt();
            for (int i = 1; i <= epochs; i++) {
                history.add(new EpochScore(i, in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble()));
            }
            Checkpoint checkpoint = new Checkpoint(run, history, in.readInt(), readBytes(in), readBytes(in));
            boolean whole = in.readLong() == crc(bytes, bytes.length - Long.BYTES);
            return whole ? Optional.of(checkpoint) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // truncated: treated as absent
        }
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("cut short");
        }
        return in.readNBytes(length);
    }

    private static long crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }
}
