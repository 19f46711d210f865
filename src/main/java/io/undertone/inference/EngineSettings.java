package io.undertone.inference;

/**
 * Which engine computes the networks, and where.
 *
 * @param engine {@code inference.engine}
 * @param device {@code inference.device}
 * @param precision {@code inference.precision}
 * @param threads {@code inference.threads}, threads that compute one batch, at least 1
 */
public record EngineSettings(Engine engine, Device device, Precision precision, int threads) {
    /** The engines. */
    public enum Engine {
        /** The fastest that this machine supports. */
        AUTO,
        /** Deeplearning4j on ND4J. */
        DL4J,
        /** ONNX Runtime. */
        ONNX
    }

    /** The devices. */
    public enum Device {
        /** The fastest that this machine has. */
        AUTO,
        /** The processor. */
        CPU,
        /** An NVIDIA GPU. */
        CUDA
    }

    /** The precision of computation. */
    public enum Precision {
        /** In 8 bits where the bundle has ranges for it and the processor multiplies bytes faster than floats, else in floats. */
        AUTO,
        /** In floats. */
        FLOAT,
        /** In 8 bits, as far as the bundle has ranges. */
        INT8
    }

    /** With the fastest precision. */
    public EngineSettings(Engine engine, Device device, int threads) {
        this(engine, device, Precision.AUTO, threads);
    }

    public EngineSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("must be >= 1: inference.threads=" + threads);
        }
    }

    /** The fastest engine and device, on this many threads. */
    public static EngineSettings auto(int threads) {
        return new EngineSettings(Engine.AUTO, Device.AUTO, Precision.AUTO, threads);
    }

    /** The same in another precision. */
    public EngineSettings in(Precision other) {
        return new EngineSettings(engine, device, other, threads);
    }
}
