package io.undertone.model;

import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.Voter;
import io.undertone.inference.EngineException;
import io.undertone.inference.EngineSettings;
import io.undertone.inference.EngineSettings.Device;
import io.undertone.inference.EngineSettings.Engine;
import io.undertone.inference.NetworkEngine;
import io.undertone.inference.TreeVoter;
import io.undertone.inference.VotingEnsemble;
import io.undertone.inference.dl4j.Dl4jEngine;
import io.undertone.inference.dl4j.Dl4jLibraries;
import io.undertone.inference.onnx.OnnxEngine;
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
     * measured, on an NVIDIA GPU where its GPU build is on the class path and starts, else on the processor, and logs which
     * and why.
     *
     * @throws EngineException where the engine or device asked for by name can't serve here
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

    /** Begins to load what an engine of these settings needs, beside whatever is to be done before it is opened. */
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
        NetworkEngine engine;
        String why;
        if (settings.engine() == Engine.DL4J) {
            Dl4jLibraries.require("inference.engine=dl4j");
            engine = Dl4jEngine.open(content, settings.device(), settings.threads());
            why = "asked for by inference.engine";
        } else if (settings.device() != Device.AUTO) {
            engine = OnnxEngine.open(content, settings.device(), settings.threads());
            why = settings.engine() == Engine.AUTO ? "the fastest engine on every machine measured" : "asked for";
        } else {
            return fastestOnnx(content, settings.threads());
        }
        LOG.info("Networks run on {}: {}", engine.description(), why);
        return engine;
    }

    private static NetworkEngine fastestOnnx(BundleContent content, int threads) {
        String why = "no CUDA build of ONNX Runtime is on the class path";
        if (OnnxEngine.hasCudaBuild()) {
            try {
                NetworkEngine engine = OnnxEngine.open(content, Device.CUDA, threads);
                LOG.info("Networks run on {}: a GPU is there", engine.description());
                return engine;
            } catch (EngineException e) {
                why = "no GPU could be used: " + e.getMessage();
            }
        }
        NetworkEngine engine = OnnxEngine.open(content, Device.CPU, threads);
        LOG.info("Networks run on {}: the fastest engine on every machine measured; {}", engine.description(), why);
        return engine;
    }
}
