package org.pollux.launcher;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** In a bundle of a test: does not stop. */
public final class ReluctantActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) {}

    @Override
    public void stop(BundleContext context) throws InterruptedException {
        System.out.println("the reluctant bundle stays");
        new CountDownLatch(1).await();
    }
}
