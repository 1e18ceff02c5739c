package io.slotcast.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What the documentation lists as having an effect is asked for by the product's code. */
class DirectiveEffectTest {
  private static final String TABLE = Directives.class.getName().replace('.', '/');

  /** Of the classes that read directives these are no use of them. */
  private static final Set<String> NO_USE =
      Set.of(TABLE, TABLE.replace("Directives", "ConfigCheck"));

  @Test
  void everyDirectiveThatIsNotKeptForToolsIsRead() throws Exception {
    Set<String> read = namesReadByProduct();
    Set<String> unread = new TreeSet<>();
    for (Field field : Directives.class.getFields()) {
      if (field.get(null) instanceof Directive<?> directive
          && !directive.isWithoutEffect()
          && !(directive.type() instanceof FixedType)
          && !read.contains(field.getName())) {
        unread.add(directive.name());
      }
    }

    assertThat(unread).isEmpty();
  }

  private static Set<String> namesReadByProduct() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("target", "classes"))) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .map(DirectiveEffectTest::parse)
          .filter(model -> !NO_USE.contains(model.thisClass().asInternalName()))
          .flatMap(model -> StreamSupport.stream(model.constantPool().spliterator(), false))
          .filter(DirectiveEffectTest::isDirective)
          .map(entry -> ((FieldRefEntry) entry).name().stringValue())
          .collect(Collectors.toSet());
    }
  }

  private static ClassModel parse(Path file) {
    try {
      return ClassFile.of().parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isDirective(PoolEntry entry) {
    return entry instanceof FieldRefEntry field && field.owner().asInternalName().equals(TABLE);
  }
}
