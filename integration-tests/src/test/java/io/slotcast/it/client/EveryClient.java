package io.slotcast.it.client;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Each {@link Deployment} with each {@link ClientLibrary}. */
final class EveryClient implements ArgumentsProvider {
  @Override
  public Stream<Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    return Stream.of(Deployment.values())
        .flatMap(
            deployment ->
                Stream.of(ClientLibrary.values())
                    .map(library -> Arguments.of(deployment, library)));
  }
}
