package io.undertone.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.undertone.bundle.Bundle;
import io.undertone.training.site.FeedbackFigures;
import io.undertone.training.site.MarkedEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Measures a bundle's accuracy by people's feedback. */
public final class FeedbackRun {
    /** The file of the figures. */
    public static final String FILE = "feedback.json";

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private FeedbackRun() {}

    /**
     * Counts and writes {@value #FILE}.
     *
     * @param bundle the bundle's folder
     * @param feedback what {@link MarkedEvents} reads
     * @param report folder that the figures are written to
     */
    public static FeedbackFigures run(Path bundle, Path feedback, Path report) throws IOException {
        Bundle opened = Bundle.open(bundle);
        FeedbackFigures figures = FeedbackFigures.of(
                MarkedEvents.read(feedback),
                opened.content().name() + " " + opened.content().version(),
                opened.labels());
        Files.createDirectories(report);
        Files.writeString(report.resolve(FILE), JSON.writeValueAsString(figures.json()) + "\n");
        return figures;
    }
}
