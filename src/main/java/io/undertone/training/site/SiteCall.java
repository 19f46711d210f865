package io.undertone.training.site;

import java.util.List;

/** One of a site's own calls, whose windows can be judged with other readouts than the bundle's. Immutable. */
public interface SiteCall {
    /** Its name. */
    String name();

    /** The windows judged as in serving, each with the earlier ones. */
    List<SiteWindow> judged(Readout readout);

    /** The windows judged independently, if that is known. */
    List<SiteWindow> judgedAlone(Readout readout);
}
