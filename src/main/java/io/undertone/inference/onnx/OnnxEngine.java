package io.undertone.inference.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.inference.EngineException;
import io.undertone.inference.EngineSettings.Device;
import io.undertone.inference.EngineSettings.Precision;
import io.undertone.inference.NetworkEngine;
import io.undertone.inference.OpenGate;
import io.undertone.inference.Probabilities;
import io.undertone.window.Window;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** All networks of a bundle as one graph on ONNX Runtime, rewritten for speed. Reuses its buffers from call to call. */
public final class OnnxEngine implements NetworkEngine {
    private final OrtEnvironment environment;
    private final Sessions sessions;
    private final BatchShape shape;
    private final String description;
    private final OpenGate gate = new OpenGate("the ONNX engine");
    private final ConcurrentLinkedQueue<BatchBuffers> idle = new ConcurrentLinkedQueue<>();

    /** On sessions of the bundle's graph, which it closes. */
    OnnxEngine(OrtEnvironment environment, Sessions sessions, BatchShape shape, String description) {
        this.environment = environment;
        this.sessions = sessions;
        this.shape = shape;
        this.description = description;
    }

    /** Starts loading ONNX Runtime, so that it is ready when an engine is opened. Returns at once. */
    public static void prepare() {
        Thread thread = new Thread(
                () -> {
                    try {
                        OnnxEnvironment.get();
                    } catch (EngineException | LinkageError | OutOfMemoryError e) {
                        // Opening an engine fails the same way, and reports it.
                        return;
                    }
                },
                "undertone-onnx-prepare");
        thread.setDaemon(true);
        thread.start();
    }

    /** Opens the engine.
     *
     * @param device {@code AUTO} is the processor
     * @param precision as chosen by {@link PrecisionChoice#of} for this bundle and device
     * @param threads threads that compute one batch
     * @throws EngineException if the device can't be used
     */
    public static OnnxEngine open(BundleContent content, Device device, PrecisionChoice precision, int threads) {
        if (precision.inBytes()) {
            return open(content, OnnxExport.inBytes(content), null, device, threads, precision.describe());
        }
        return openInFloats(content, device, precision, threads);
    }

    /** Opens it in floats. */
    static OnnxEngine open(BundleContent content, Device device, int threads) {
        return openInFloats(content, device, PrecisionChoice.of(content, device, Precision.FLOAT), threads);
    }

    private static OnnxEngine openInFloats(
            BundleContent content, Device device, PrecisionChoice precision, int threads) {
        if (device == Device.CUDA || !OnnxExport.dependsOnBatch(content)) {
            return open(content, OnnxExport.rewritten(content), null, device, threads, precision.describe());
        }
        return open(
                content,
                OnnxExport.forManyWindows(content),
                OnnxExport.forFewWindows(content),
                device,
                threads,
                precision.describe());
    }

    /** With another graph: for measurements and tests. */
    static OnnxEngine open(BundleContent content, byte[] model, Device device, int threads) {
        return open(content, model, null, device, threads, "by a graph of its own");
    }

    private static OnnxEngine open(
            BundleContent content,
            byte[] model,
            byte @Nullable [] fewWindows,
            Device device,
            int threads,
            String precision) {
        if (device == Device.CUDA && !hasCudaBuild()) {
            throw new EngineException("inference.device=cuda with ONNX Runtime must have its CUDA build: build with"
                    + " -Pcuda (onnxruntime_gpu in place of onnxruntime), or set inference.device=cpu");
        }
        try {
            OrtEnvironment environment = OnnxEnvironment.get();
            Sessions sessions = device == Device.CUDA
                    ? new GpuSessions(() -> onCuda(environment, model, threads))
                    : onProcessor(environment, model, fewWindows, threads);
            String description =
                    "ONNX Runtime " + environment.getVersion() + " on " + (device == Device.CUDA ? "cuda" : "cpu")
                            + ", " + threads + (threads == 1 ? " thread, " : " threads, ") + precision;
            return new OnnxEngine(environment, sessions, BatchShape.of(content), description);
        } catch (OrtException e) {
            throw new EngineException(
                    device == Device.CUDA
                            ? "inference.device=cuda must find an NVIDIA GPU, its driver, CUDA 12.9 (12.6 is too old) and cuDNN 9, set"
                                    + " inference.device=cpu where there is none: " + e.getMessage()
                            : "ONNX Runtime must be able to open the bundle " + content.name() + ": " + e.getMessage(),
                    e);
        }
    }

    private static Sessions onProcessor(
            OrtEnvironment environment, byte[] model, byte @Nullable [] fewWindows, int threads) throws OrtException {
        try (OrtSession.SessionOptions options = options(threads)) {
            OrtSession many = environment.createSession(model, options);
            try {
                return new ProcessorSessions(
                        many, fewWindows == null ? null : environment.createSession(fewWindows, options));
            } catch (OrtException e) {
                many.close();
                throw e;
            }
        }
    }

    private static OrtSession onCuda(OrtEnvironment environment, byte[] model, int threads) throws OrtException {
        try (OrtSession.SessionOptions options = options(threads);
                OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(0)) {
            // TF32 keeps 10 bits of each factor: too few to agree with the processor to 1e-4.
            cuda.add("use_tf32", "0");
            options.addCUDA(cuda);
            return environment.createSession(model, options);
        }
    }

    private static OrtSession.SessionOptions options(int threads) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        // Spinning threads would take processor time from the stream's other work.
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }

    /** Whether ONNX Runtime's CUDA build is on the class path. */
    public static boolean hasCudaBuild() {
        return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void predict(List<Window> windows, Probabilities probabilities) {
        try {
            gate.enter(() -> {
                for (int start = 0; start < windows.size(); start += sessions.largest()) {
                    int end = Math.min(windows.size(), start + sessions.largest());
                    predict(windows.subList(start, end), start, probabilities);
                }
            });
        } catch (OrtException e) {
            throw new EngineException("ONNX Runtime must be able to run the networks: " + e.getMessage(), e);
        }
    }

    private void predict(List<Window> windows, int first, Probabilities probabilities) throws OrtException {
        Sessions.Fitting fitting = sessions.of(windows.size());
        BatchBuffers buffers = idle.poll();
        if (buffers == null) {
            buffers = new BatchBuffers(shape);
        }
        buffers.fill(windows, fitting.size());
        try (OnnxTensor values = buffers.windows(environment);
                OnnxTensor rows = buffers.rows(environment);
                OnnxTensor speech = buffers.speech(environment);
                OnnxTensor output = buffers.output(environment)) {
            Map<String, OnnxTensor> inputs = shape.inputs(values, rows, speech);
            fitting.session().run(inputs, Map.of("probabilities", output)).close();
        }
        buffers.copyTo(probabilities, first);
        idle.offer(buffers);
    }

    @Override
    public void close() {
        gate.close(() -> {
            try {
                sessions.close();
            } catch (OrtException e) {
                throw new EngineException("ONNX Runtime must be able to close its sessions: " + e.getMessage(), e);
            }
        });
    }
}
