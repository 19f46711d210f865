package io.undertone.inference.dl4j;

import io.undertone.bundle.BundleContent;
import io.undertone.bundle.Voter;
import io.undertone.inference.EngineException;
import io.undertone.inference.EngineSettings.Device;
import io.undertone.inference.NetworkEngine;
import io.undertone.inference.OpenGate;
import io.undertone.inference.Probabilities;
import io.undertone.window.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.nd4j.linalg.factory.Nd4j;

/** The networks of a bundle on Deeplearning4j, layer by layer as in their specs, distributed over threads by network. */
public final class Dl4jEngine implements NetworkEngine {
    private final List<Dl4jMember> members;
    private final ExecutorService threads;
    private final String description;
    private final OpenGate gate = new OpenGate("the Deeplearning4j engine");

    private Dl4jEngine(List<Dl4jMember> members, ExecutorService threads, String description) {
        this.members = members;
        this.threads = threads;
        this.description = description;
    }

    /** Opens the engine.
     *
     * @param device {@code AUTO} is the device of ND4J's backend on the class path
     * @param threads number of networks computed concurrently
     * @throws EngineException if ND4J's backend is for another device
     */
    public static Dl4jEngine open(BundleContent content, Device device, int threads) {
        String backend = backend();
        boolean cuda = isCuda(backend);
        if (device == Device.CUDA && !cuda) {
            throw new EngineException("inference.device=cuda with inference.engine=dl4j must have ND4J's CUDA backend:"
                    + " build with -Pnd4j-cuda, or set inference.device=cpu; backend="
                    + backend);
        }
        if (device == Device.CPU && cuda) {
            throw new EngineException("inference.device=cpu with inference.engine=dl4j must have ND4J's native backend:"
                    + " build without -Pnd4j-cuda, or set inference.device=cuda; backend=" + backend);
        }
        int together = Math.min(threads, content.networks().size());
        List<Dl4jMember> members = new ArrayList<>();
        for (Voter.Network voter : content.networks()) {
            members.add(new Dl4jMember(voter, content.features()));
        }
        ExecutorService pool = Executors.newFixedThreadPool(together, task -> {
            Thread thread = new Thread(task, "undertone-dl4j");
            thread.setDaemon(true);
            return thread;
        });
        String description = "Deeplearning4j on " + (cuda ? "cuda" : "cpu") + " (" + backend + "), " + together
                + (together == 1 ? " network" : " networks") + " at a time";
        return new Dl4jEngine(List.copyOf(members), pool, description);
    }

    /** Whether ND4J's backend on the class path computes on an NVIDIA GPU. */
    public static boolean onCuda() {
        return isCuda(backend());
    }

    private static boolean isCuda(String backend) {
        return backend.contains("Cublas") || backend.contains("Cuda");
    }

    private static String backend() {
        try {
            return Nd4j.getBackend().getClass().getSimpleName();
        } catch (LinkageError | RuntimeException e) {
            throw new EngineException(
                    "inference.engine=dl4j must find an ND4J backend that starts on this machine (nd4j-native needs Linux on"
                            + " x86-64; nd4j-cuda a driver and an NVIDIA GPU of compute capability 3.7 to 8.6), or set"
                            + " inference.engine=onnx: " + e,
                    e);
        }
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void predict(List<Window> windows, Probabilities probabilities) {
        gate.enter(() -> {
            List<Future<?>> answers = new ArrayList<>();
            for (int i = 0; i < members.size(); i++) {
                Dl4jMember member = members.get(i);
                int voter = i;
                answers.add(threads.submit(() -> member.predict(windows, probabilities, voter)));
            }
            answers.forEach(Dl4jEngine::await);
        });
    }

    private static void await(Future<?> answer) {
        try {
            answer.get();
        } catch (ExecutionException e) {
            throw new EngineException("Deeplearning4j must be able to run the networks: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while computing the networks", e);
        }
    }

    @Override
    public void close() {
        gate.close(() -> {
            threads.shutdown();
            members.forEach(Dl4jMember::close);
        });
    }
}
