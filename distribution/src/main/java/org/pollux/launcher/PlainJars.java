package org.pollux.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/** Jars in a watched folder that are no bundles: FileInstall passes them over without a word. */
final class PlainJars {

    private PlainJars() {}

    static List<String> in(Path folder) {
        List<String> faults = new ArrayList<>();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "[!.]*.jar")) {
            for (Path jar : jars) {
                if (!isBundle(jar)) {
                    faults.add(jar + " is no bundle: its manifest has no Bundle-SymbolicName. bnd makes one of it");
                }
            }
        } catch (IOException e) {
            faults.add(folder + " cannot be read: " + Home.reason(e));
        }
        return faults;
    }

    private static boolean isBundle(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            return manifest != null && manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME) != null;
        } catch (IOException e) {
            return false;
        }
    }
}
