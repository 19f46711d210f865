package io.undertone.training.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of two features and three labels. */
class FeaturesCsvTest {
    @TempDir
    private Path folder;

    private FeatureTable read(String text) throws IOException {
        return FeaturesCsv.read(Files.writeString(folder.resolve("features.csv"), text), 2, 3);
    }

    @Test
    void shouldReadRowsAndLabels() throws IOException {
        FeatureTable table = read("label,mfcc0,mfcc1\n2,0.5,-1e2\n\n 0 ,3,4\n");

        assertThat(table.size()).isEqualTo(2);
        assertThat(table.classes()).isEqualTo(3);
        assertThat(table.label(0)).isEqualTo(2);
        assertThat(table.row(0)).containsExactly(0.5f, -100);
        assertThat(table.label(1)).isZero();
        assertThat(table.row(1)).containsExactly(3, 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,2 | fields=2",
                "1,2,3,4 | fields=4",
                "1,2,x | value=x",
                "1,2,NaN | must be finite",
                "3,1,2 | label=3",
                "-1,1,2 | label=-1",
                "a,1,2 | label=a"
            })
    void shouldNameTheRowThatIsWrong(String row, String said) {
        assertThatThrownBy(() -> read("label,a,b\n0,1,2\n" + row + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("features.csv, row 2")
                .hasMessageContaining(said);
    }

    @Test
    void shouldRefuseATableWithoutLabelsOrRows() {
        assertThatThrownBy(() -> read("a,label,b\n1,0,2\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the first column must be label");
        assertThatThrownBy(() -> read("label,a,b\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must have rows");
    }
}
