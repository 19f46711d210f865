package io.undertone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CapacitySearchTest {
    private static List<Integer> search(CapacitySearch search, int capacity) {
        List<Integer> tried = new ArrayList<>();
        for (OptionalInt next = search.next(); next.isPresent(); next = search.next()) {
            tried.add(next.getAsInt());
            search.tell(next.getAsInt() <= capacity);
        }
        return tried;
    }

    @Test
    void shouldDoubleThenHalve() {
        CapacitySearch search = new CapacitySearch(100, 10_000);
        assertThat(search(search, 300)).containsExactly(100, 200, 400, 300, 350, 325);
        assertThat(search.held()).isEqualTo(300);
    }

    @Test
    void shouldGoDownWhereTheFirstFails() {
        CapacitySearch search = new CapacitySearch(100, 10_000);
        search(search, 7);
        assertThat(search.held()).isBetween(6, 7);
    }

    @Test
    void shouldEndWhereNothingHolds() {
        CapacitySearch search = new CapacitySearch(16, 10_000);
        assertThat(search(search, 0)).containsExactly(16, 8, 4, 2, 1);
        assertThat(search.held()).isZero();
    }

    @Test
    void shouldNotGoOverTheMost() {
        CapacitySearch search = new CapacitySearch(100, 150);
        assertThat(search(search, 1_000)).containsExactly(100, 150);
        assertThat(search.held()).isEqualTo(150);
    }

    @Property
    void shouldEndWithinATenthOfTheCapacity(
            @ForAll @IntRange(min = 1, max = 5_000) int first, @ForAll @IntRange(min = 1, max = 5_000) int capacity) {
        CapacitySearch search = new CapacitySearch(first, 5_000);
        assertThat(search(search, capacity)).hasSizeLessThan(30);
        assertThat(search.held()).isLessThanOrEqualTo(capacity);
        assertThat(search.held() + 1).isGreaterThanOrEqualTo((int) (capacity / 1.11));
    }

    @Test
    void shouldRefuseABeginningOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CapacitySearch(0, 10))
                .withMessage("first must be 1 to 10 legs: first=0");
    }
}
