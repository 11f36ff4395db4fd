package org.pollux.it.paxexam;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * The tests of this class run inside an OSGi framework, started once for the class and stopped after it.
 *
 * <pre>{@code
 * @InContainer
 * class GreeterIT {
 *     @Configuration
 *     static Option[] container() {
 *         return new Option[] {Platform.base(), Bundles.bundle("greeter")};
 *     }
 *
 *     @Test
 *     void greets(BundleContext context) {
 *         var greeter = Services.await(context, Greeter.class, Duration.ofSeconds(5));
 *         assertEquals("hello", greeter.greet());
 *     }
 * }
 * }</pre>
 *
 * <p>One method, annotated with Pax Exam's {@code @Configuration}, says which bundles the framework has. It is called outside only.
 *
 * <p>What runs where:
 * <ul>
 *   <li>Inside: {@code @Test}, {@code @ParameterizedTest}, {@code @RepeatedTest}, {@code @TestFactory}, {@code @BeforeEach}, {@code @AfterEach},
 *       also those of {@code @Nested} classes; {@code @BeforeAll} and {@code @AfterAll}, once as always. Each may take a {@code BundleContext}, the
 *       probe's; {@code @BeforeAll} and {@code @AfterAll} take no other parameter.
 *   <li>On both sides: conditions such as {@code @EnabledOnOs}, sources of arguments, constructors, other extensions. They see no framework outside. So the
 *       arguments must be the same on both sides: a test that is not found inside fails.
 * </ul>
 *
 * <p>Every test is an execution of its own inside: static fields live as long as the framework, and
 * {@code @TestInstance(PER_CLASS)} is refused. A class that the tests use must come from the test classes, this package or a bundle.
 *
 * <p>A framework changes system properties, so classes with this annotation never run at the same time. Afterwards the properties are as they were before.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(PaxExam.class)
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
public @interface InContainer {

    /** Where the framework runs. */
    Container value() default Container.NATIVE;
}
