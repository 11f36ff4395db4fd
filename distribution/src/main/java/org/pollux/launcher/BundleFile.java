package org.pollux.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** What a jar says that it is: of two with the same name and version, a framework can have one. */
record BundleFile(String symbolicName, Version version) {

    /** Why a file cannot be installed; the message goes on where "FILE " ends. */
    static final class UnusableException extends Exception {

        UnusableException(String message) {
            super(message);
        }
    }

    static BundleFile read(Path file) throws UnusableException {
        try (JarFile jar = new JarFile(file.toFile())) { // its directory is at its end: an incomplete file has none
            Manifest manifest = jar.getManifest();
            Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
            String name = attributes.getValue(Constants.BUNDLE_SYMBOLICNAME);
            if (name == null) {
                throw new UnusableException(
                        "is not a bundle: its manifest has no Bundle-SymbolicName. Use bnd to make it a bundle");
            }
            String version = attributes.getValue(Constants.BUNDLE_VERSION);
            int directives = name.indexOf(';');
            return new BundleFile(
                    (directives < 0 ? name : name.substring(0, directives)).strip(), Version.parseVersion(version));
        } catch (IOException e) {
            throw new UnusableException("is not a bundle: it cannot be read as a jar (" + Home.reason(e) + ")");
        } catch (IllegalArgumentException e) {
            throw new UnusableException("is not a bundle: " + e.getMessage());
        }
    }

    boolean is(Bundle bundle) {
        return symbolicName.equals(bundle.getSymbolicName()) && version.equals(bundle.getVersion());
    }

    @Override
    public String toString() {
        return symbolicName + " " + version;
    }
}
