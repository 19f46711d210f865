package io.undertone.inference.onnx;

import io.undertone.bundle.BundleContent;
import io.undertone.inference.EngineException;
import io.undertone.inference.EngineSettings.Device;
import io.undertone.inference.EngineSettings.Precision;

/**
 * Whether ONNX Runtime computes a bundle's networks in 8 bits, and why.
 *
 * @param inBytes in 8 bits as far as the bundle has ranges; else in floats
 * @param why the reason, for messages
 */
public record PrecisionChoice(boolean inBytes, String why) {
    private static final String KEY = "inference.precision";
    private static final String INT8 = KEY + "=int8";
    private static final String REMEDY = "set " + KEY + "=auto or float";

    /** Chooses the precision on this machine.
     *
     * @param device where the networks are computed
     * @param asked {@code AUTO} is 8 bits where the bundle, the device and this machine's processor allow it
     * @throws EngineException if 8 bits are requested explicitly, and one of them does not
     */
    public static PrecisionChoice of(BundleContent content, Device device, Precision asked) {
        // Read last: most bundles have no ranges, and the file is long on a machine with many cores.
        boolean wanted = asked != Precision.FLOAT
                && (asked == Precision.INT8 || !content.quantisation().absent());
        return of(content, device, asked, wanted && ByteProducts.areExact());
    }

    static PrecisionChoice of(BundleContent content, Device device, Precision asked, boolean exactProducts) {
        if (asked == Precision.FLOAT) {
            return new PrecisionChoice(false, KEY + "=float");
        }
        boolean inBytes = asked == Precision.INT8;
        if (device == Device.CUDA) {
            return floats(
                    inBytes,
                    "8 bits are for processors: inference.device=cuda",
                    "set inference.device=cpu or " + KEY + "=auto");
        }
        if (content.quantisation().absent()) {
            return floats(
                    inBytes,
                    "the bundle has no ranges for 8 bits: bundle=" + content.name() + " " + content.version(),
                    "let 'undertone bundle quantise' make a version that has them, or " + REMEDY);
        }
        if (!exactProducts) {
            return floats(
                    inBytes,
                    "the processor must add products of bytes in 32 bits: none of "
                            + ByteProducts.FLAGS.stream().sorted().toList() + " in /proc/cpuinfo",
                    REMEDY);
        }
        return new PrecisionChoice(
                true, inBytes ? INT8 : "the bundle has ranges and the processor adds products of bytes in 32 bits");
    }

    private static PrecisionChoice floats(boolean asked, String why, String remedy) {
        if (asked) {
            throw new EngineException(INT8 + " can't be had: " + why + "; " + remedy);
        }
        return new PrecisionChoice(false, why);
    }

    /** For the description of an engine. */
    String describe() {
        return inBytes ? "in 8 bits" : "in floats";
    }
}
