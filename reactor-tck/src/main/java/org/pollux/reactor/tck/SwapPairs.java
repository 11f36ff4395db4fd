package org.pollux.reactor.tck;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.junit.platform.commons.support.ReflectionSupport;
import org.pollux.reactor.spi.Backend;

/** Every ordered pair of the backends that a {@link SwapContract} names. */
final class SwapPairs implements ArgumentsProvider {

    @Override
    public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        // JUnit needs the pairs before it makes the first instance
        var contract = (SwapContract) ReflectionSupport.newInstance(context.getRequiredTestClass());
        List<Backend> backends = contract.backends();
        int count = backends.size();
        return IntStream.range(0, count * count).mapToObj(pair -> {
            int from = pair / count;
            int to = pair % count;
            return Arguments.of(new SwapPair(backends.get(from), backends.get(to), to == (from + 1) % count));
        });
    }
}
