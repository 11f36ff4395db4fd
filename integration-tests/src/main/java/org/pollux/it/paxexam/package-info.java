/**
 * A driver that lets JUnit Jupiter run tests inside an OSGi framework which Pax Exam boots. (Pax Exam 4 itself stops at JUnit 4.)
 *
 * <p>A test class is loaded twice. <em>Outside</em>, by the build's JUnit, {@link org.pollux.it.paxexam.PaxExam} starts the container, installs the
 * probe (a bundle made of the test classes and of this package) and, instead of calling a test's methods, asks the probe for that
 * one test. <em>Inside</em>, the probe runs it with a JUnit of its own, made of bundles, and sends back how it went.
 *
 * <pre>
 *   outside: build's JUnit            |   inside: framework, same JVM or a forked one
 *                                     |
 *   PaxExam -> Outside                |
 *                ContainerRun  --- Task, as text ---->  Probe -> Task.run -> JUnit -> PaxExam -> Inside
 *                Report.replay <-- Report, in a file -----+
 * </pre>
 *
 * <p>Both sides run the same classes of this package, but what crosses the wall does so as text: the loaders differ, so would the types.
 * To write a test, {@link org.pollux.it.paxexam.InContainer}, {@link org.pollux.it.paxexam.Platform}, {@link org.pollux.it.paxexam.Bundles} and
 * {@link org.pollux.it.paxexam.Services} suffice.
 */
@NullMarked
package org.pollux.it.paxexam;

import org.jspecify.annotations.NullMarked;
