package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code deploy} and {@code undeploy} with a configuration. The second look of each finds that it has taken effect. */
final class ConfigurationDeploymentTest {

    @TempDir
    private Path folder;

    private Path deploy;
    private Path conf;
    private ConfigurationDeployment deployment;
    private List<String> problems = List.of();
    private int looks;

    @BeforeEach
    void folders() throws IOException {
        deploy = Files.createDirectory(folder.resolve("deploy"));
        conf = Files.createDirectory(folder.resolve("conf"));
        deployment = new ConfigurationDeployment(
                deploy, conf, _ -> ++looks % 2 == 0 ? Optional.of(problems) : Optional.empty(), Duration.ofSeconds(30));
    }

    private Path shop() throws IOException {
        return Files.writeString(folder.resolve("org.acme.shop.cfg"), "open = true\n");
    }

    @Test
    void itIsInForceUntilItIsUndeployed() throws Exception {
        assertEquals("org.acme.shop.cfg is in force", deployment.deploy(shop()));
        assertEquals("open = true\n", Files.readString(deploy.resolve("org.acme.shop.cfg")));
        assertEquals("org.acme.shop.cfg is not in force any more", deployment.undeploy("org.acme.shop.cfg"));
        assertFalse(Files.exists(deploy.resolve("org.acme.shop.cfg")));
        assertEquals(4, looks, "each has waited for the server");
    }

    @Test
    void whatIsNotInForceIsTold() throws IOException {
        problems = List.of("open of org.acme.shop is refused", "the key close is not known");
        assertEquals(
                "open of org.acme.shop is refused\nthe key close is not known",
                assertThrows(IllegalStateException.class, () -> deployment.deploy(shop()))
                        .getMessage());
    }

    @Test
    void valuesThatStayInForceAreTold() throws Exception {
        deployment.deploy(shop());
        problems = List.of("org.acme.shop.cfg: is deleted, but its configuration cannot be");
        assertEquals(
                problems.getFirst(),
                assertThrows(IllegalStateException.class, () -> deployment.undeploy("org.acme.shop.cfg"))
                        .getMessage());
    }

    @Test
    void aPidThatHasAFileInConfIsConfiguredThere() throws IOException {
        Files.writeString(conf.resolve("org.acme.shop.cfg"), "");
        String told = assertThrows(IllegalArgumentException.class, () -> deployment.deploy(shop()))
                .getMessage();
        assertTrue(told.contains("change it there"), told);
        assertFalse(Files.exists(deploy.resolve("org.acme.shop.cfg")));
    }

    @Test
    void onlyFilesOfTheFolderAreUndeployed() throws IOException {
        Path kept = Files.writeString(conf.resolve("a.cfg"), "");
        assertThrows(IllegalArgumentException.class, () -> deployment.undeploy("../conf/a.cfg"));
        assertThrows(IllegalArgumentException.class, () -> deployment.undeploy("none.cfg"));
        assertTrue(Files.exists(kept));
    }
}
