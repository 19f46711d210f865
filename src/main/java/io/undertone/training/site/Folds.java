package io.undertone.training.site;

import java.util.ArrayList;
import java.util.List;

/** Calls dealt into at most {@value #MOST} folds, one after the other: of calls a, b, c and two folds, a and c are the first. Immutable. */
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
