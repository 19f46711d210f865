package io.undertone.training.site;

import java.util.ArrayList;
import java.util.List;

/** Calls distributed in turn over at most {@value #MOST} folds: with calls a, b, c and two folds, the first holds a and c. Immutable. */
final class Folds {
    private static final int MOST = 10;

    private final List<SiteCall> calls;

    Folds(List<SiteCall> calls) {
        this.calls = List.copyOf(calls);
    }

    int count() {
        return Math.min(MOST, calls.size());
    }

    List<SiteCall> heldOut(int fold) {
        return only(fold, true);
    }

    List<SiteCall> others(int fold) {
        return only(fold, false);
    }

    private List<SiteCall> only(int fold, boolean in) {
        List<SiteCall> some = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            if ((i % count() == fold) == in) {
                some.add(calls.get(i));
            }
        }
        return some;
    }
}
