package io.undertone.model;

import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.Voter;
import io.undertone.inference.EngineException;
import io.undertone.inference.EngineSettings;
import io.undertone.inference.EngineSettings.Device;
import io.undertone.inference.EngineSettings.Engine;
import io.undertone.inference.EngineSettings.Precision;
import io.undertone.inference.NetworkEngine;
import io.undertone.inference.TreeVoter;
import io.undertone.inference.VotingEnsemble;
import io.undertone.inference.dl4j.Dl4jEngine;
import io.undertone.inference.dl4j.Dl4jLibraries;
import io.undertone.inference.onnx.OnnxEngine;
import io.undertone.inference.onnx.PrecisionChoice;
import io.undertone.inference.xgboost.XgboostVoter;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a bundle's voters on the engine that the settings ask for. */
public final class Ensembles {
    private static final Logger LOG = LoggerFactory.getLogger(Ensembles.class);

    private Ensembles() {}

    /**
     * Opens all voters; the caller closes the ensemble. {@code AUTO} takes ONNX Runtime, the faster engine on every machine
     * measured, on an NVIDIA GPU where its GPU build is on the class path and starts, else on the processor, in 8 bits where the
     * bundle has ranges and the processor is made for them, and logs which and why.
     *
     * @throws EngineException where the engine, device or precision asked for by name can't serve here
     */
    public static VotingEnsemble open(Bundle bundle, EngineSettings settings) {
        return open(bundle.content(), settings);
    }

    /** As above, for a bundle that has not been written yet. */
    public static VotingEnsemble open(BundleContent content, EngineSettings settings) {
        // The trees load beside the networks: both unpack a native library, on cores that have nothing else to do yet.
        FutureTask<@Nullable TreeVoter> trees = new FutureTask<>(() -> trees(content));
        Thread loader = new Thread(trees, "undertone-trees-start");
        loader.setDaemon(true);
        loader.start();
        NetworkEngine engine = null;
        try {
            engine = content.networks().isEmpty() ? null : engine(content, settings);
            return new VotingEnsemble(content, engine, get(trees));
        } catch (RuntimeException | Error e) {
            if (engine != null) {
                engine.close();
            }
            throw e;
        }
    }

    /** Begins to load what an engine of these settings needs, in the background, before it is opened. */
    public static void prepare(EngineSettings settings) {
        if (settings.engine() != Engine.DL4J) {
            OnnxEngine.prepare();
        }
    }

    private static @Nullable TreeVoter get(FutureTask<@Nullable TreeVoter> trees) {
        try {
            return trees.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new EngineException("XGBoost must be able to start: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("must not be interrupted while the trees are opened", e);
        }
    }

    private static @Nullable TreeVoter trees(BundleContent content) {
        List<Voter.Trees> trees = content.trees();
        return trees.isEmpty()
                ? null
                : XgboostVoter.open(
                        trees.get(0), content.features(), content.labels().size());
    }

    private static NetworkEngine engine(BundleContent content, EngineSettings settings) {
        if (settings.engine() == Engine.DL4J) {
            return dl4j(content, settings);
        }
        if (settings.device() != Device.AUTO) {
            String why =
                    settings.engine() == Engine.AUTO ? "the fastest engine on every machine measured" : "asked for";
            return onnx(content, settings.device(), settings, why);
        }
        return fastestOnnx(content, settings);
    }

    private static NetworkEngine dl4j(BundleContent content, EngineSettings settings) {
        if (settings.precision() == Precision.INT8) {
            throw new EngineException("inference.precision=int8 must go with ONNX Runtime: inference.engine=dl4j; set"
                    + " inference.engine=onnx, or inference.precision=auto or float");
        }
        Dl4jLibraries.require("inference.engine=dl4j");
        NetworkEngine engine = Dl4jEngine.open(content, settings.device(), settings.threads());
        LOG.info("Networks run on {}: asked for by inference.engine", engine.description());
        return engine;
    }

    private static NetworkEngine fastestOnnx(BundleContent content, EngineSettings settings) {
        String why = "no CUDA build of ONNX Runtime is on the class path";
        if (settings.precision() == Precision.INT8) {
            why = "8 bits are for processors";
        } else if (OnnxEngine.hasCudaBuild()) {
            try {
                return onnx(content, Device.CUDA, settings, "a GPU is there");
            } catch (EngineException e) {
                why = "no GPU could be used: " + e.getMessage();
            }
        }
        return onnx(content, Device.CPU, settings, "the fastest engine on every machine measured; " + why);
    }

    private static NetworkEngine onnx(BundleContent content, Device device, EngineSettings settings, String why) {
        PrecisionChoice precision = PrecisionChoice.of(content, device, settings.precision());
        NetworkEngine engine = OnnxEngine.open(content, device, precision, settings.threads());
        LOG.info("Networks run on {}: {}; {}", engine.description(), why, precision.why());
        return engine;
    }
}
