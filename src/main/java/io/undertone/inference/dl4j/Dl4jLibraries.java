package io.undertone.inference.dl4j;

import io.undertone.inference.EngineException;

/** Checks that Deeplearning4j is installed: its libraries, 150 MB in {@code lib/dl4j}, are optional with ONNX Runtime as the engine. */
public final class Dl4jLibraries {
    private static final String NEEDED = "org.nd4j.linalg.factory.Nd4j";

    private Dl4jLibraries() {}

    /** Requires that it is installed, without loading any of it.
     *
     * @param user the setting or command that needs it, such as {@code inference.engine=dl4j}
     * @throws EngineException if it is not
     */
    public static void require(String user) {
        require(user, Dl4jLibraries.class.getClassLoader());
    }

    static void require(String user, ClassLoader loader) {
        try {
            Class.forName(NEEDED, false, loader);
        } catch (ClassNotFoundException e) {
            throw new EngineException(
                    "Deeplearning4j must be installed for " + user
                            + ": its libraries were left out of this installation; put the folder"
                            + " target/lib/dl4j of a build there, or build the image with --build-arg DL4J=true",
                    e);
        }
    }
}
