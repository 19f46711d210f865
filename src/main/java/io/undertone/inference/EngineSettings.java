package io.undertone.inference;

/**
 * Which engine computes the networks, and where.
 *
 * @param engine {@code inference.engine}
 * @param device {@code inference.device}
 * @param threads {@code inference.threads}, threads that one batch is computed on, at least 1
 */
public record EngineSettings(Engine engine, Device device, int threads) {
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

    public EngineSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("must be >= 1: inference.threads=" + threads);
        }
    }

    /** The fastest engine and device, on so many threads. */
    public static EngineSettings auto(int threads) {
        return new EngineSettings(Engine.AUTO, Device.AUTO, threads);
    }
}
