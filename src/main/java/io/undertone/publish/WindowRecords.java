package io.undertone.publish;

import io.undertone.DeadLetterReason;
import io.undertone.EndReason;
import io.undertone.LegEnd;
import io.undertone.MfccWindow;
import io.undertone.codec.UnreadableRecordException;
import io.undertone.features.FeatureSpec;
import io.undertone.ingest.CallAttributes;
import io.undertone.ingest.LegId;
import io.undertone.window.ByteGrid;
import io.undertone.window.Half;
import io.undertone.window.LegReport;
import io.undertone.window.Window;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Windows and ends of legs as records of the topic {@code mfcc-windows}, and back. Immutable. */
public final class WindowRecords {
    /** Below it, scales take more than bytes spare. */
    private static final int LEAST_ROWS_AS_BYTES = 4;

    private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final FeatureSpec spec;
    private final String fingerprint;

    /** Records of this spec; windows of another are refused. */
    public WindowRecords(FeatureSpec spec) {
        this.spec = spec;
        this.fingerprint = spec.fingerprint();
    }

    /** The record of a window without call attributes. */
    public MfccWindow ofWindow(LegId leg, Window window) {
        return ofWindow(leg, window, CallAttributes.NONE);
    }

    /** The record of a window. Coefficients take one byte each where that loses nothing, or two, else four. */
    public MfccWindow ofWindow(LegId leg, Window window, CallAttributes attributes) {
        float[] values = new float[window.length()];
        window.copyTo(values, 0);
        byte[] scales = window.rows() < LEAST_ROWS_AS_BYTES ? null : ByteGrid.scales(values, spec.rowValues());
        return MfccWindow.newBuilder()
                .setCallId(leg.callId())
                .setRole(leg.role())
                .setIndex(window.index())
                .setStartMs(window.startMs())
                .setEndMs(window.endMs())
                .setCapturedAt(Instant.ofEpochMilli(window.capturedAtMs()))
                .setFeatureSpec(fingerprint)
                .setSpeechRatio(window.speechRatio())
                .setLevelDb(window.levelDb())
                .setRows(window.rows())
                .setSpeechRows(ByteBuffer.wrap(window.speechRowBits()))
                .setScales(scales == null ? NO_BYTES : ByteBuffer.wrap(scales))
                .setCoefficients(
                        scales == null ? coefficients(values) : ByteBuffer.wrap(ByteGrid.toBytes(values, scales)))
                .setContrast(contrast(window))
                .setEnd(null)
                .setAttributes(attributes.byName())
                .build();
    }

    private static List<Float> contrast(Window window) {
        List<Float> contrast = new ArrayList<>(window.contrastLength());
        for (int i = 0; i < window.contrastLength(); i++) {
            contrast.add(window.contrast(i));
        }
        return contrast;
    }

    private static ByteBuffer coefficients(float[] values) {
        ByteBuffer halves = ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            short half = Half.toHalf(value);
            if (Half.toFloat(half) != value) {
                return floats(values);
            }
            halves.putShort(half);
        }
        return halves.flip();
    }

    private static ByteBuffer floats(float[] values) {
        ByteBuffer floats = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            floats.putFloat(value);
        }
        return floats.flip();
    }

    /** The record of the end of a leg without call attributes. */
    public MfccWindow ofEnd(LegId leg, LegReport report) {
        return ofEnd(leg, report, CallAttributes.NONE);
    }

    /** The record of a leg's end. */
    public MfccWindow ofEnd(LegId leg, LegReport report, CallAttributes attributes) {
        return MfccWindow.newBuilder()
                .setCallId(leg.callId())
                .setRole(leg.role())
                .setIndex(report.windows() + report.silentWindows() + report.notSpeechWindows())
                .setStartMs(report.durationMs())
                .setEndMs(report.durationMs())
                .setCapturedAt(Instant.ofEpochMilli(report.startedAtMs() + report.durationMs()))
                .setFeatureSpec(fingerprint)
                .setSpeechRatio(0)
                .setLevelDb(0)
                .setRows(0)
                .setSpeechRows(NO_BYTES)
                .setScales(NO_BYTES)
                .setCoefficients(NO_BYTES)
                .setContrast(List.of())
                .setEnd(LegEnd.newBuilder()
                        .setReason(EndReason.valueOf(report.reason().name()))
                        .setStartedAt(Instant.ofEpochMilli(report.startedAtMs()))
                        .setDurationMs(report.durationMs())
                        .setSpeechMs(report.speechMs())
                        .setWindows(report.windows())
                        .setSilentWindows(report.silentWindows())
                        .setNotSpeechWindows(report.notSpeechWindows())
                        .setGaps(report.gaps())
                        .setGapMs(report.gapMs())
                        .setDuplicateChunks(report.duplicateChunks())
                        .setLateChunks(report.lateChunks())
                        .setRestarts(report.restarts())
                        .setContradictingChunks(report.contradictingChunks())
                        .build())
                .setAttributes(attributes.byName())
                .build();
    }

    /**
     * The leg of a record.
     *
     * @throws UnreadableRecordException with BAD_CALL_ID
     */
    public static LegId leg(MfccWindow record) throws UnreadableRecordException {
        if (!LegId.isCallId(record.getCallId())) {
            throw new UnreadableRecordException(
                    DeadLetterReason.BAD_CALL_ID,
                    "callId must be 1 to " + LegId.MAX_CALL_ID_CHARS + " printable characters: length="
                            + record.getCallId().length());
        }
        return new LegId(record.getCallId(), record.getRole());
    }

    /**
     * The window of a record that marks no end.
     *
     * @throws UnreadableRecordException with SPEC_MISMATCH, BAD_WINDOW or NOT_FINITE
     */
    public Window window(MfccWindow record) throws UnreadableRecordException {
        check(
                fingerprint.equals(record.getFeatureSpec()),
                DeadLetterReason.SPEC_MISMATCH,
                "featureSpec must be the bundle's, " + fingerprint + ": featureSpec="
                        + printable(record.getFeatureSpec()) + "; run the features stage with the same bundle");
        check(
                record.getIndex() >= 0,
                DeadLetterReason.BAD_WINDOW,
                "index must be >= 0: index=" + record.getIndex() + "; count windows from 0");
        check(
                record.getStartMs() >= 0 && record.getStartMs() < record.getEndMs(),
                DeadLetterReason.BAD_WINDOW,
                "startMs must be in [0; endMs): startMs=" + record.getStartMs() + ", endMs=" + record.getEndMs());
        float[] values = values(record);
        return new Window(
                record.getIndex(),
                record.getStartMs(),
                record.getEndMs(),
                record.getCapturedAt().toEpochMilli(),
                record.getSpeechRatio(),
                record.getLevelDb(),
                record.getRows(),
                speechRows(record),
                values,
                contrast(record));
    }

    private static BitSet speechRows(MfccWindow record) throws UnreadableRecordException {
        BitSet speechRows = BitSet.valueOf(record.getSpeechRows().duplicate());
        check(
                speechRows.length() <= record.getRows(),
                DeadLetterReason.BAD_WINDOW,
                "speechRows must name rows only: rows=" + record.getRows() + ", last speech row="
                        + (speechRows.length() - 1));
        return speechRows;
    }

    private float[] contrast(MfccWindow record) throws UnreadableRecordException {
        List<Float> numbers = record.getContrast();
        check(
                numbers.isEmpty() || numbers.size() == spec.contrastValues(),
                DeadLetterReason.BAD_WINDOW,
                "contrast must be empty or " + spec.contrastValues() + " numbers for this spec: size="
                        + numbers.size());
        float[] contrast = new float[numbers.size()];
        for (int i = 0; i < contrast.length; i++) {
            contrast[i] = numbers.get(i);
            check(
                    Float.isFinite(contrast[i]),
                    DeadLetterReason.NOT_FINITE,
                    "contrast must be finite: one number is not");
        }
        return contrast;
    }

    private float[] values(MfccWindow record) throws UnreadableRecordException {
        int maxRows = spec.pooling() == FeatureSpec.Pooling.FRAMES ? spec.maxFramesPerWindow() : 1;
        int rows = record.getRows();
        check(
                rows >= 1 && rows <= maxRows,
                DeadLetterReason.BAD_WINDOW,
                "rows must be 1 to " + maxRows + " for this spec: rows=" + rows);
        int length = rows * spec.rowValues();
        float[] values = record.getScales().hasRemaining() ? ofBytes(record, length) : ofNumbers(record, rows, length);
        boolean finite = Float.isFinite(record.getSpeechRatio()) && Float.isFinite(record.getLevelDb());
        for (float value : values) {
            finite &= Float.isFinite(value);
        }
        check(finite, DeadLetterReason.NOT_FINITE, "coefficients, speechRatio and levelDb must be finite: one is not");
        return values;
    }

    private float[] ofBytes(MfccWindow record, int length) throws UnreadableRecordException {
        ByteBuffer scales = record.getScales();
        check(
                scales.remaining() == spec.rowValues() * ByteGrid.SCALE_BYTES,
                DeadLetterReason.BAD_WINDOW,
                "scales must be empty or " + ByteGrid.SCALE_BYTES + " bytes for each of " + spec.rowValues()
                        + " coefficients: size=" + scales.remaining() + " bytes");
        ByteBuffer bytes = record.getCoefficients();
        check(
                bytes.remaining() == length,
                DeadLetterReason.BAD_WINDOW,
                "coefficients must be rows x " + spec.rowValues() + " bytes where there are scales: rows="
                        + record.getRows() + ", size=" + bytes.remaining() + " bytes");
        return ByteGrid.toFloats(bytes, scales);
    }

    private float[] ofNumbers(MfccWindow record, int rows, int length) throws UnreadableRecordException {
        ByteBuffer bytes = record.getCoefficients().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        boolean halves = bytes.remaining() == length * 2;
        check(
                halves || bytes.remaining() == length * 4,
                DeadLetterReason.BAD_WINDOW,
                "coefficients must be rows x " + spec.rowValues() + " numbers of 2 or 4 bytes: rows=" + rows + ", size="
                        + bytes.remaining() + " bytes");
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = halves ? Half.toFloat(bytes.getShort()) : bytes.getFloat();
        }
        return values;
    }

    private static String printable(String text) {
        return text.matches("[0-9a-f]{1,64}") ? text : "(no fingerprint)";
    }

    private static void check(boolean holds, DeadLetterReason reason, String message) throws UnreadableRecordException {
        if (!holds) {
            throw new UnreadableRecordException(reason, message);
        }
    }
}
