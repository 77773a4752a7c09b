package dev.wayside.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.cli.LauncherCopy.Outcome;
import dev.wayside.servers.Programs;
import dev.wayside.servers.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the launcher handles users, folders and variables; see {@link LauncherCopy}. */
class LauncherEnvironmentIT {
    private static final String CACHE = "org.bytedeco.javacpp.cachedir";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {"my projects, yard+1", "100%25", "a#b?c&d(e)", "it's \"here\" $HOME `id`", "Süd * {x} \\ ;|<>!"})
    void anyFolderNameReachesTheJvmUnchanged(String name) throws Exception {
        Path home = Files.createDirectory(directory.resolve(name + " at home"));
        LauncherCopy launcher = launcher(name).setting("HOME", home.toString());
        Outcome outcome = launcher.launch("journal", "--set", "journal.path=a  b*");
        assertEquals(0, outcome.code(), outcome.printed());
        assertEquals(launcher.folder().toString(), outcome.property("wayside.home"));
        assertEquals(home.resolve(".cache/wayside/natives").toString(), outcome.property(CACHE));
        assertTrue(outcome.printed().contains("[-cp]\n[" + launcher.jar() + "]\n"), outcome.printed());
        assertTrue(outcome.printed().contains("\n[journal.path=a  b*]\n"), outcome.printed());
    }

    @Test
    void aFolderThatNoClassPathCanContainIsExplained() throws Exception {
        Outcome outcome = launcher("a:b").launch("run");
        assertEquals(1, outcome.code());
        assertTrue(
                outcome.printed().contains("cannot name a folder with a ':': rename that folder"), outcome.printed());
    }

    @Test
    void theLocaleHasUtf8AndAsciiDigitsWhateverTheUsersLocaleIs() throws Exception {
        LauncherCopy launcher = launcher("wayside").setting("HOME", directory.toString());
        for (String locale : List.of("", "C", "ar_EG.UTF-8", "de_DE.ISO-8859-1")) {
            Outcome outcome =
                    launcher.setting("LANG", locale).setting("LC_ALL", locale).launch("journal");
            assertTrue(outcome.printed().contains("\nLC_ALL=C.UTF-8\n"), outcome.printed());
        }
    }

    @Test
    void findsTheSystemsProgramsWithoutAPath() throws Exception {
        Outcome outcome = launcher("wayside")
                .setting("HOME", directory.toString())
                .setting("PATH", "")
                .launch("journal");
        assertEquals(0, outcome.code(), outcome.printed());
    }

    @Test
    void theUsersJvmOptionsAreSplitWithoutPatternExpansion() throws Exception {
        Outcome outcome = launcher("wayside")
                .setting("HOME", directory.toString())
                .setting("WAYSIDE_JAVA_OPTS", "-Da=*  -Db=t?rget")
                .launch("run");
        assertTrue(outcome.printed().contains("[-Da=*]\n[-Db=t?rget]\n"), outcome.printed());
    }

    @ParameterizedTest
    @CsvSource({
        "xdg,       home,   passwd, xdg/wayside",
        "relative,  home,   passwd, home/.cache/wayside",
        ",          home,   passwd, home/.cache/wayside",
        ",          ,       passwd, passwd/.cache/wayside",
        ",          none/x, passwd, passwd/.cache/wayside",
        ",          foreign, passwd, passwd/.cache/wayside",
        ",          public, passwd, passwd/.cache/wayside",
        ",          link,   passwd, passwd/.cache/wayside",
        ",          ,       none/x, tmp/wayside-%d",
    })
    void nativeLibrariesGetAFolderOfThisUserOnly(String xdg, String home, String passwd, String expected)
            throws Exception {
        folders();
        LauncherCopy launcher = launcher("wayside").setting("TMPDIR", path("tmp"));
        launcher.java(Path.of(path(passwd)), "for each; do echo \"[$each]\"; done\n");
        if (xdg != null) {
            launcher.setting("XDG_CACHE_HOME", xdg.equals("relative") ? xdg : path(xdg));
        }
        if (home != null) {
            launcher.setting("HOME", path(home));
        }
        Outcome outcome = launcher.launch("journal");
        Path cache = directory.resolve(expected.replace("%d", user()));
        assertEquals(cache.resolve("natives").toString(), outcome.property(CACHE));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)));
        assertFalse(Files.exists(directory.resolve("foreign/.cache")), "nothing of ours in another's home");
    }

    /** One folder of each kind: usable, of another user, writable by everyone, and a link to another folder. */
    private void folders() throws IOException {
        for (String name : List.of("xdg", "home", "passwd", "tmp", "foreign", "public", "link", "others")) {
            LauncherCopy.privateFolder(directory.resolve(name));
        }
        Files.setPosixFilePermissions(directory.resolve("public"), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.createDirectory(directory.resolve("link/.cache"));
        Files.createSymbolicLink(directory.resolve("link/.cache/wayside"), directory.resolve("others"));
        requireRoot();
        Files.setAttribute(directory.resolve("foreign"), "unix:uid", 12345);
        Files.setAttribute(directory.resolve("others"), "unix:uid", 12345);
    }

    @Test
    void librariesInAFolderThatWasWritableByOthersAreDeleted() throws Exception {
        Path natives = Files.createDirectories(directory.resolve(".cache/wayside/natives"));
        Files.createFile(natives.resolve("planted.so"));
        Files.setPosixFilePermissions(natives.getParent(), PosixFilePermissions.fromString("rwxrwxr-x"));
        launcher("wayside").setting("HOME", directory.toString()).launch("journal");
        assertFalse(Files.exists(natives));
        Files.createDirectory(natives);
        launcher("again").setting("HOME", directory.toString()).launch("journal");
        assertTrue(Files.exists(natives), "what nobody else could write into stays");
    }

    @Test
    void withoutAnySafeFolderTheMessageSaysHowToFixIt() throws Exception {
        Path tmp = LauncherCopy.privateFolder(directory.resolve("tmp"));
        Files.createFile(tmp.resolve("wayside-" + user()));
        Outcome outcome = launcher("wayside").setting("TMPDIR", tmp.toString()).launch("run");
        assertEquals(1, outcome.code());
        assertTrue(
                outcome.printed().contains("none of these qualifies: /nowhere/.cache/wayside " + tmp),
                outcome.printed());
        assertTrue(outcome.printed().contains("Set XDG_CACHE_HOME to such a folder"), outcome.printed());
    }

    @Test
    void aNoexecFileSystemIsSkipped() throws Exception {
        Path home = Files.createDirectory(directory.resolve("home"));
        Path tmp = LauncherCopy.privateFolder(directory.resolve("tmp"));
        SmallDisk disk = new SmallDisk(home, 1, "noexec");
        try {
            Outcome outcome = launcher("wayside")
                    .setting("HOME", home.toString())
                    .setting("TMPDIR", tmp.toString())
                    .launch("run");
            assertEquals(tmp.resolve("wayside-" + user() + "/natives").toString(), outcome.property(CACHE));
        } finally {
            disk.close();
        }
    }

    @Test
    void aFailedPreparationNamesItsLogAndDeletesLeftoversOfKilledOnes() throws Exception {
        LauncherCopy launcher = launcher("wayside").setting("HOME", directory.toString());
        Path left = Files.createFile(launcher.jar().resolveSibling("wayside-17.0.1-1.jsa.4711"));
        LauncherCopy.makeOld(left);
        launcher.java(Path.of("/nowhere"), "case \"$*\" in *prepare) exit 1 ;; esac; echo \"[$*]\"\n");
        Outcome outcome = launcher.launch("run");
        assertEquals(0, outcome.code());
        assertTrue(
                outcome.printed().contains("target/prepare.log); Wayside starts without it, only more slowly"),
                outcome.printed());
        assertFalse(Files.exists(left));
    }

    @Test
    void aFolderInWhichNoBuildIsPossibleIsExplained() throws Exception {
        requireRoot();
        LauncherCopy launcher = launcher("wayside").setting("TMPDIR", "/tmp");
        Files.createFile(launcher.folder().resolve("pom.xml"));
        Files.delete(launcher.jar());
        open(directory);
        Outcome outcome = launcher.asUser(
                        Programs.require("setpriv", "util-linux").toString(),
                        "--reuid=12345",
                        "--regid=12345",
                        "--clear-groups")
                .launch("run");
        assertEquals(1, outcome.code());
        assertTrue(
                outcome.printed().contains("you have no write permission in " + launcher.folder()), outcome.printed());
        Programs.delete(Path.of("/tmp/wayside-12345"));
    }

    private LauncherCopy launcher(String name) throws IOException {
        return new LauncherCopy(directory.resolve(name), directory.resolve(name.hashCode() + ".programs"));
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private static String user() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
    }

    private static void requireRoot() {
        if (!System.getProperty("user.name").equals("root")) {
            Programs.missing("folders of other users need root's rights");
        }
    }

    private static void open(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
