package io.undertone.training.site;

import java.util.List;

/** One call of a site's own lines, whose windows can be read in other ways than the bundle does. Immutable. */
public interface SiteCall {
    /** Its name. */
    String name();

    /** The windows as they are judged live, each using those before. */
    List<SiteWindow> judged(Readout readout);

    /** The windows judged by themselves, as far as that is known. */
    List<SiteWindow> judgedAlone(Readout readout);
}
