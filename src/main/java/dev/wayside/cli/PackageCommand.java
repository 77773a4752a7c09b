package dev.wayside.cli;

import dev.wayside.failure.InvalidInputException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code wayside package}: what the launcher does itself, before there is a jar. This is its help. */
@Command(
        name = "package",
        description = {
            "Builds packages with a Java runtime in target/packages: a .deb and a .tar.xz for each platform.",
            "Needs a clone of the repository, Maven, JDK 17 and Debian's packages binutils, unzip and zip."
        })
final class PackageCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PLATFORM", description = "x86_64 or arm64; both by default.")
    private List<String> platforms = List.of();

    @Override
    public Integer call() {
        throw new InvalidInputException(
                "Packages are built by the launcher of a clone of the repository: run ./wayside package there.");
    }
}
