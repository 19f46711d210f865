package io.undertone.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.bundle.Bundle;
import io.undertone.bundle.Persistence;
import io.undertone.inference.EngineSettings;
import io.undertone.inference.Ensemble;
import io.undertone.model.Ensembles;
import io.undertone.training.calls.CallOpinions;
import io.undertone.training.calls.CustomerSide;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.corpus.Utterance;
import io.undertone.training.hearing.FarEnd;
import io.undertone.training.report.CallFigures;
import io.undertone.training.score.Tally;
import io.undertone.vote.LabelShift;
import io.undertone.window.LegSettings;
import io.undertone.window.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures a bundle on whole calls as in live operation: of the customer's windows that lie mostly inside one utterance, what share gets
 * its emotion? Speaker-independent only if the bundle was trained without the callers.
 */
public final class CallsRun {
    /** The file of the figures. */
    public static final String FILE = "calls.json";

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private CallsRun() {}

    /**
     * Measures and writes {@value #FILE}.
     *
     * @param bundle the bundle's folder
     * @param calls folder of stereo recordings (left agent, right customer) with {@value Utterance#FILE}
     * @param report folder that the figures are written to
     * @param shares by which probabilities are read
     */
    public static CallFigures run(Path bundle, Path calls, Path report, ReadShares shares, EngineSettings engine)
            throws IOException {
        Bundle opened = Bundle.open(bundle);
        List<Utterance> utterances = Utterance.read(calls.resolve(Utterance.FILE)).stream()
                .filter(u ->
                        u.role().equals(CustomerSide.ROLE) && opened.labels().contains(u.label()))
                .toList();
        List<String> names = utterances.stream().map(Utterance::call).distinct().toList();
        if (names.isEmpty()) {
            throw new CorpusException("Calls must hold utterances of a customer with the bundle's labels: " + calls
                    + ", labels=" + opened.labels());
        }
        Tally alone = new Tally(opened.labels());
        Tally inContext = new Tally(opened.labels());
        double temperature = opened.content().temperature();
        LabelShift shift = shares.shift(opened.content().priors(), opened.labels());
        FarEnd farEnd = new FarEnd(opened.content().features(), LegSettings.DEFAULT);
        int all = 0;
        try (Ensemble ensemble = Ensembles.open(opened, engine)) {
            for (String call : names) {
                List<Window> windows = CustomerSide.ofStereo(farEnd, calls.resolve(call + ".wav"));
                all += windows.size();
                CallOpinions opinions = CallOpinions.ask(
                                ensemble, windows, Utterance.of(utterances, call, CustomerSide.ROLE))
                        .readWith(shift);
                alone.add(opinions.judge(opened.labels(), Persistence.NONE, temperature));
                inContext.add(opinions.judge(opened.labels(), opened.content().persistence(), temperature));
            }
        }
        CallFigures figures = new CallFigures(
                opened.content().name() + " " + opened.content().version(),
                opened.content().persistence(),
                names.size(),
                all,
                inContext,
                alone);
        Files.createDirectories(report);
        ObjectNode json = figures.json();
        Files.writeString(report.resolve(FILE), JSON.writeValueAsString(json) + "\n");
        return figures;
    }
}
