package io.undertone.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.bundle.Persistence;
import io.undertone.training.condition.Condition;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrainingCommandTest {
    private static String command(
            @Nullable Path report,
            List<Condition> conditions,
            TrainRun.Extras beside,
            @Nullable Persistence persistence) {
        return TrainingCommand.of(new TrainRun.Options(
                "telephone",
                null,
                List.of(Path.of("/data/ravdess"), Path.of("nemo/")),
                Path.of("/somewhere/models"),
                null,
                "1.0.0",
                report,
                null,
                null,
                null,
                persistence,
                report == null ? List.of() : List.of("ravdess"),
                null,
                conditions,
                beside,
                List.of("ravdess/Actor_01"),
                Path.of("/somewhere/work"),
                7,
                3,
                LocalDate.EPOCH));
    }

    /** Neither threads nor the work folder bear on the result. */
    @Test
    void shouldNameFoldersByTheirLastName() {
        assertThat(command(null, List.of(Condition.values()), TrainRun.Extras.NONE, null))
                .isEqualTo("./undertone train --recipe telephone --corpus ravdess --corpus nemo"
                        + " --leave-out ravdess/Actor_01 --seed 7 --out models --bundle-version 1.0.0");
    }

    @Test
    void shouldNameWhatIsMeasured() {
        TrainRun.Extras beside = new TrainRun.Extras(
                List.of(Path.of("/data/talk")), List.of(Path.of("music")), List.of(Path.of("emodb")), List.of("nemo"));

        assertThat(command(
                        Path.of("out/report"),
                        List.of(Condition.CLEAN, Condition.TELEPHONE),
                        beside,
                        new Persistence(3, 0.75, 1.2)))
                .isEqualTo("./undertone train --recipe telephone --corpus ravdess --corpus nemo"
                        + " --leave-out ravdess/Actor_01 --report report --folds-of ravdess --conditions clean,telephone"
                        + " --ordinary talk --not-speech music --measure emodb --cross-corpus nemo"
                        + " --persistence 3.0,0.75,1.2 --seed 7 --out models --bundle-version 1.0.0");
    }

    @Test
    void shouldTellAllCorporaFromNone() {
        TrainRun.Extras all = new TrainRun.Extras(List.of(), List.of(), List.of(), List.of());

        assertThat(command(Path.of("report"), List.of(Condition.values()), all, null))
                .contains(" --report report --folds-of ravdess --cross-corpus --seed");
    }
}
