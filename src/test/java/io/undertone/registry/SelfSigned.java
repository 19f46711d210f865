package io.undertone.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A key and a certificate that it signed itself, made by the JDK's keytool.
 *
 * @param keys a PKCS12 file of the key
 * @param certificate a PEM file
 */
public record SelfSigned(Path keys, Path certificate) {
    /** Of the key store and the key in it. */
    public static final String PASSWORD = "not-a-secret";

    /** Makes both in a folder, for a server at this address or of this name. */
    public static SelfSigned make(Path folder, String name, String address) throws Exception {
        SelfSigned made = new SelfSigned(folder.resolve(name + ".p12"), folder.resolve(name + ".pem"));
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "RSA",
                "-dname",
                "CN=" + address,
                "-ext",
                (address.matches("[0-9.]+") ? "SAN=IP:" : "SAN=DNS:") + address,
                "-storetype",
                "PKCS12",
                "-keystore",
                made.keys.toString());
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                name,
                "-keystore",
                made.keys.toString(),
                "-file",
                made.certificate.toString());
        return made;
    }

    /** A PKCS12 file that trusts it. */
    public Path trustStore(Path file) throws Exception {
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "trusted",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-file",
                certificate.toString());
        return file;
    }

    /** For a server that has the key. */
    public SSLContext server() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(String... args) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(args));
        command.addAll(List.of("-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
